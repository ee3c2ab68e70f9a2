// Holds a log folder, its proofs and a witness against another implementation of the same
// formats: golang.org/x/mod/sumdb, the packages note and tlog.
//
//	main FOLDER VKEY OLD-CHECKPOINT WITNESS-URL WITNESS-VKEY PROOF...
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(what string, err error) {
	if err != nil {
		log.Fatalf("%s: %v", what, err)
	}
}

func text(path string) string {
	data, err := os.ReadFile(path)
	must(path, err)
	return string(data)
}

// The tree of a checkpoint that the log's key signed.
func open(signed string, key note.Verifier) tlog.Tree {
	opened, err := note.Open([]byte(signed), note.VerifierList(key))
	must("the checkpoint", err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != key.Name() {
		log.Fatalf("the checkpoint is of %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must("the size", err)
	root, err := tlog.ParseHash(lines[2])
	must("the root", err)
	return tlog.Tree{N: size, Hash: root}
}

// Tiles of 256 hashes, in the folder's own names.
type folder string

func index(n int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	return path
}

func (f folder) Height() int { return 8 }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := filepath.Join(string(f), "tile", strconv.Itoa(tile.L), index(tile.N))
		if tile.W < 256 {
			path = fmt.Sprintf("%s.p/%d", path, tile.W)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// Every entry of the folder stands in its tree.
func checkEntries(f folder, tree tlog.Tree) {
	reader := tlog.TileHashReader(tree, f)
	root, err := tlog.TreeHash(tree.N, reader)
	must("the tiles", err)
	if root != tree.Hash {
		log.Fatal("the tiles do not give the signed root")
	}
	var number int64
	for bundle := int64(0); bundle*256 < tree.N; bundle++ {
		path := filepath.Join(string(f), "tile/entries", index(bundle))
		if width := tree.N - bundle*256; width < 256 {
			path = fmt.Sprintf("%s.p/%d", path, width)
		}
		for data := []byte(text(path)); len(data) > 0; number++ {
			size := int(binary.BigEndian.Uint16(data))
			entry := data[2 : 2+size]
			data = data[2+size:]
			proof, err := tlog.ProveRecord(tree.N, number, reader)
			must("a proof", err)
			must(fmt.Sprint("entry ", number),
				tlog.CheckRecord(proof, tree.N, tree.Hash, number, tlog.RecordHash(entry)))
		}
	}
	if number != tree.N {
		log.Fatalf("the folder has %d entries, and its checkpoint says %d", number, tree.N)
	}
}

// A file that `regmark audit prove` wrote.
func checkProof(proof string, key note.Verifier) {
	head, signed, found := strings.Cut(proof, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("a proof does not begin as the specification says")
	}
	entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must("extra", err)
	number, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must("index", err)
	var hashes tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		must("a hash", err)
		hashes = append(hashes, hash)
	}
	tree := open(signed, key)
	must("a proof of inclusion",
		tlog.CheckRecord(hashes, tree.N, tree.Hash, number, tlog.RecordHash(entry)))
}

// A witness's signature, which sumdb does not know: c2sp.org/tlog-cosignature.
type witness struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func newWitness(vkey string) witness {
	parts := strings.SplitN(vkey, "+", 3)
	data, err := base64.StdEncoding.DecodeString(parts[2])
	must("the witness's key", err)
	if len(data) != 33 || data[0] != 4 {
		log.Fatal("the witness's key is of another kind")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), data...))
	id := binary.BigEndian.Uint32(digest[:4])
	if fmt.Sprintf("%08x", id) != parts[1] {
		log.Fatal("the id of the witness's key is another")
	}
	return witness{parts[0], id, data[1:]}
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.id }
func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(sig)
	return ed25519.Verify(w.key, []byte(fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, msg)), sig[8:])
}

// Sends a checkpoint with the proof that this implementation makes of it.
func add(url string, old tlog.Tree, signed string, tree tlog.Tree, f folder, w witness) {
	body := fmt.Sprintf("old %d\n", old.N)
	if old.N > 0 {
		proof, err := tlog.ProveTree(tree.N, old.N, tlog.TileHashReader(tree, f))
		must("a proof of consistency", err)
		must("the same", tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
		for _, hash := range proof {
			body += hash.String() + "\n"
		}
	}
	reply, err := http.Post(url+"/add-checkpoint", "text/plain", bytes.NewBufferString(body+"\n"+signed))
	must("the witness", err)
	defer reply.Body.Close()
	lines, err := io.ReadAll(reply.Body)
	must("its answer", err)
	if reply.StatusCode != 200 {
		log.Fatalf("the witness answered %d: %s", reply.StatusCode, lines)
	}
	opened, err := note.Open([]byte(signed+string(lines)), note.VerifierList(w))
	must("its cosignature", err)
	if len(opened.Sigs) != 1 {
		log.Fatal("the witness did not sign")
	}
}

func main() {
	f := folder(os.Args[1])
	key, err := note.NewVerifier(strings.TrimSpace(text(os.Args[2])))
	must("the log's key", err)
	signed, oldSigned := text(filepath.Join(string(f), "checkpoint")), text(os.Args[3])
	tree, old := open(signed, key), open(oldSigned, key)
	checkEntries(f, tree)
	for _, proof := range os.Args[6:] {
		checkProof(text(proof), key)
	}
	w := newWitness(strings.TrimSpace(text(os.Args[5])))
	// The old checkpoint needs no tiles: nothing was signed before it.
	add(os.Args[4], tlog.Tree{}, oldSigned, old, f, w)
	add(os.Args[4], old, signed, tree, f, w)
	fmt.Printf("sumdb agrees: %d entries, %d proofs, %d and %d records cosigned\n", tree.N,
		len(os.Args[6:]), old.N, tree.N)
}
