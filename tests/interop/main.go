// An outside view of a log: golang.org/x/mod's own verifier of notes, tiles and proofs, applied to
// a running server. It shares no code with the ledger.
//
//	check [-witness VKEY-FILE] BASE-URL VKEY-FILE [PROOF-FILE ENTRY-FILE]
//
// It takes the checkpoint, demands the cosignature of the witness if one is named, reads every entry
// bundle, compares each entry with the hash tiles that the signed root vouches for, proves every
// entry included and every older tree a prefix, and, given a .tlog-proof file, checks that entry
// offline. The base may be a file:// URL. Exit 0: all of it holds. 1: something does not.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight     = 8
	bundleCapacity = 1 << tileHeight
	proofHeader    = "c2sp.org/tlog-proof@v1"
)

// server fetches resources below one base URL; every tile it ever fetched is kept.
type server struct {
	base   string
	client http.Client
	tiles  map[string][]byte
}

func newServer(base string) *server {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.RegisterProtocol("file", http.NewFileTransport(http.Dir("/")))
	return &server{
		base:   strings.TrimSuffix(base, "/"),
		client: http.Client{Timeout: 30 * time.Second, Transport: transport},
		tiles:  map[string][]byte{},
	}
}

func (s *server) fetch(path string) ([]byte, error) {
	answer, err := s.client.Get(s.base + "/" + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: %s", path, answer.Status)
	}
	return body, nil
}

// Height, ReadTiles and SaveTiles make a server a tlog.TileReader.
func (s *server) Height() int { return tileHeight }

func (s *server) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, 0, len(wanted))
	for _, tile := range wanted {
		// Go names tiles tile/<height>/<level>/<number>; C2SP fixes the height and leaves it out.
		path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", tileHeight))
		if _, known := s.tiles[path]; !known {
			body, err := s.fetch(path)
			if err != nil {
				return nil, err
			}
			s.tiles[path] = body
		}
		data = append(data, s.tiles[path])
	}
	return data, nil
}

func (s *server) SaveTiles([]tlog.Tile, [][]byte) {}

// witness is a note.Verifier of what C2SP tlog-cosignature calls cosignature/v1, which x/mod lacks.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

const cosignatureV1 = 4 // the algorithm's number in verifier keys

func newWitness(vkey string) (*witness, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not name+id+key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != cosignatureV1 {
		return nil, errors.New("not a key of cosignature/v1")
	}
	digest := sha256.Sum256([]byte(parts[0] + "\n" + string(key)))
	hash := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("the id is not the one of name and key")
	}
	return &witness{parts[0], hash, key[1:]}, nil
}

func (w *witness) Name() string    { return w.name }
func (w *witness) KeyHash() uint32 { return w.hash }

func (w *witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	return ed25519.Verify(w.key, append([]byte(head), text...), signature[8:])
}

// openCheckpoint verifies a checkpoint that all these keys signed, the log's first, and returns the
// tree it vouches for.
func openCheckpoint(text []byte, key note.Verifier, witnesses ...note.Verifier) (tlog.Tree, error) {
	var tree tlog.Tree
	keys := append([]note.Verifier{key}, witnesses...)
	opened, err := note.Open(text, note.VerifierList(keys...))
	if err != nil {
		return tree, fmt.Errorf("checkpoint: %w", err)
	}
	if len(opened.Sigs) != len(keys) { // one a key: Open counts none twice
		return tree, fmt.Errorf("checkpoint: %d of %d signed it", len(opened.Sigs), len(keys))
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return tree, errors.New("checkpoint: fewer than three lines")
	}
	if lines[0] != key.Name() {
		return tree, fmt.Errorf("checkpoint: origin %q, but the key is of %q", lines[0], key.Name())
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, fmt.Errorf("checkpoint: size: %w", err)
	}
	if tree.Hash, err = tlog.ParseHash(lines[2]); err != nil {
		return tree, fmt.Errorf("checkpoint: root: %w", err)
	}
	return tree, nil
}

// bundlePath names the bundle that holds `width` entries from number*256 on.
func bundlePath(number, width int64) string {
	path := fmt.Sprintf("%03d", number%1000)
	for number /= 1000; number > 0; number /= 1000 {
		path = fmt.Sprintf("x%03d/%s", number%1000, path)
	}
	if width < bundleCapacity {
		path += fmt.Sprintf(".p/%d", width)
	}
	return "tile/entries/" + path
}

// splitBundle cuts a bundle into its entries: two bytes of length, then the entry, `count` times.
func splitBundle(bundle []byte, count int64) ([][]byte, error) {
	var entries [][]byte
	for int64(len(entries)) < count {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("bundle ends after %d of %d entries", len(entries), count)
		}
		length := int(binary.BigEndian.Uint16(bundle))
		if len(bundle) < 2+length {
			return nil, fmt.Errorf("entry %d of a bundle is cut short", len(entries))
		}
		entries = append(entries, bundle[2:2+length])
		bundle = bundle[2+length:]
	}
	if len(bundle) != 0 {
		return nil, fmt.Errorf("%d bytes after the last entry of a bundle", len(bundle))
	}
	return entries, nil
}

// checkEntries compares every entry with its tile and returns the hashes of all of them.
func checkEntries(s *server, tree tlog.Tree, hashes tlog.HashReader) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for first := int64(0); first < tree.N; first += bundleCapacity {
		width := tree.N - first
		if width > bundleCapacity {
			width = bundleCapacity
		}
		bundle, err := s.fetch(bundlePath(first/bundleCapacity, width))
		if err != nil {
			return nil, err
		}
		entries, err := splitBundle(bundle, width)
		if err != nil {
			return nil, err
		}
		for offset, entry := range entries {
			seq := first + int64(offset)
			vouched, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, seq)})
			if err != nil {
				return nil, err
			}
			if leaves = append(leaves, tlog.RecordHash(entry)); leaves[seq] != vouched[0] {
				return nil, fmt.Errorf("entry %d is not the one in its tile", seq)
			}
		}
	}
	return leaves, nil
}

func checkInclusion(tree tlog.Tree, hashes tlog.HashReader, leaves []tlog.Hash) error {
	for seq := range leaves {
		proof, err := tlog.ProveRecord(tree.N, int64(seq), hashes)
		if err == nil {
			err = tlog.CheckRecord(proof, tree.N, tree.Hash, int64(seq), leaves[seq])
		}
		if err != nil {
			return fmt.Errorf("inclusion of entry %d: %w", seq, err)
		}
	}
	return nil
}

func checkConsistency(tree tlog.Tree, hashes tlog.HashReader) error {
	for older := int64(1); older <= tree.N; older++ {
		root, err := tlog.TreeHash(older, hashes)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, older, hashes)
		if err == nil {
			err = tlog.CheckTree(proof, tree.N, tree.Hash, older, root)
		}
		if err != nil {
			return fmt.Errorf("consistency of size %d with %d: %w", older, tree.N, err)
		}
	}
	return nil
}

// parseProof reads a .tlog-proof file: position, audit path, and the checkpoint they refer to.
func parseProof(text string, key note.Verifier) (int64, tlog.RecordProof, tlog.Tree, error) {
	fail := func(reason string) (int64, tlog.RecordProof, tlog.Tree, error) {
		return 0, nil, tlog.Tree{}, errors.New("tlog-proof: " + reason)
	}
	head, checkpoint, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || lines[0] != proofHeader {
		return fail("no header or no checkpoint")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := base64.StdEncoding.DecodeString(lines[0][len("extra "):]); err != nil {
			return fail("extra data is not base64")
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return fail("no index")
	}
	index, err := strconv.ParseInt(lines[0][len("index "):], 10, 64)
	if err != nil {
		return fail("index is not a number")
	}
	var path tlog.RecordProof
	for _, line := range lines[1:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return fail("a line is not a hash: " + line)
		}
		path = append(path, hash)
	}
	tree, err := openCheckpoint([]byte(checkpoint), key)
	return index, path, tree, err
}

func checkProofFile(proofFile, entryFile string, key note.Verifier) error {
	text, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(entryFile)
	if err != nil {
		return err
	}
	index, path, tree, err := parseProof(string(text), key)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
		return fmt.Errorf("tlog-proof: %w", err)
	}
	fmt.Printf("the proof file shows entry %d in the tree of size %d\n", index, tree.N)
	return nil
}

func checkLog(s *server, key note.Verifier, witnesses []note.Verifier) error {
	text, err := s.fetch("checkpoint")
	if err != nil {
		return err
	}
	tree, err := openCheckpoint(text, key, witnesses...)
	if err != nil {
		return err
	}
	for _, witness := range witnesses {
		fmt.Printf("cosigned by %s\n", witness.Name())
	}
	if tree.N == 0 {
		return errors.New("the log is empty: nothing to check")
	}
	hashes := tlog.TileHashReader(tree, s) // holds every tile against the signed root
	leaves, err := checkEntries(s, tree, hashes)
	if err != nil {
		return err
	}
	if err := checkInclusion(tree, hashes, leaves); err != nil {
		return err
	}
	if err := checkConsistency(tree, hashes); err != nil {
		return err
	}
	fmt.Printf("%s: size %d, root %s\n", key.Name(), tree.N, tree.Hash)
	fmt.Printf("%d entries match their tiles, each is included, each older size is a prefix\n",
		len(leaves))
	return nil
}

// readKey makes something of the one line of a file of a verifier key.
func readKey[Key any](file string, parse func(string) (Key, error)) (key Key, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return key, err
	}
	if key, err = parse(strings.TrimSpace(string(text))); err != nil {
		err = fmt.Errorf("%s: %w", file, err)
	}
	return key, err
}

func run(witnessFile string, arguments []string) error {
	if len(arguments) != 2 && len(arguments) != 4 {
		return errors.New(
			"usage: check [-witness VKEY-FILE] BASE-URL VKEY-FILE [PROOF-FILE ENTRY-FILE]")
	}
	key, err := readKey(arguments[1], note.NewVerifier)
	if err != nil {
		return err
	}
	var witnesses []note.Verifier
	if witnessFile != "" {
		witness, err := readKey(witnessFile, newWitness)
		if err != nil {
			return err
		}
		witnesses = append(witnesses, witness)
	}
	if err := checkLog(newServer(arguments[0]), key, witnesses); err != nil {
		return err
	}
	if len(arguments) == 4 {
		return checkProofFile(arguments[2], arguments[3], key)
	}
	return nil
}

func main() {
	witness := flag.String("witness", "", "file with the verifier key of one who must have cosigned")
	flag.Parse()
	if err := run(*witness, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "interop check:", err)
		os.Exit(1)
	}
}
