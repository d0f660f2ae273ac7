// Checks a Tabard log with the Go project's own implementation of transparency logs: the signature, every entry, the
// root, and where asked one entry's inclusion and the growth from a checkpoint that was kept. Only the paths of
// C2SP tlog-tiles, and how a bundle holds its entries, are written here.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// How many entries a full bundle holds, and how long the longest of them is.
const (
	width     = 256
	mostBytes = width * (2 + 65535)
)

func main() {
	log.SetFlags(0)
	where := flag.String("log", "", "directory or address of the log")
	vkey := flag.String("vkey", "", "the log's verifier key, as you kept it")
	tokenFile := flag.String("token-file", "", "file with the bearer token, for an address")
	kept := flag.String("kept", "", "file with a checkpoint that you kept: the log must begin with it")
	index := flag.Int64("index", -1, "an entry whose inclusion is to be proven and checked")
	flag.Parse()

	source := sourceOf(*where, *tokenFile)
	verifier := must(note.NewVerifier(*vkey))
	tree, origin := open(must(source("checkpoint")), verifier)
	tiles := tlog.TileHashReader(tree, tileReader{source})

	verifyEntries(source, tree, tiles)
	fmt.Printf("verified: %s, %d entries, root %v\n", origin, tree.N, tree.Hash)
	if *kept != "" {
		older, _ := open(must(os.ReadFile(*kept)), verifier)
		verifyGrowth(older, tree, tiles)
	}
	if *index >= 0 {
		verifyInclusion(*index, tree, tiles)
	}
}

// open answers the tree that a checkpoint says, once the log's key is found to have signed it.
func open(signed []byte, verifier note.Verifier) (tlog.Tree, string) {
	checkpoint := must(note.Open(signed, note.VerifierList(verifier)))
	lines := strings.Split(checkpoint.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		log.Fatalf("this is no checkpoint of %s", verifier.Name())
	}
	var tree tlog.Tree
	must(fmt.Sscanf(lines[1], "%d", &tree.N))
	tree.Hash = must(tlog.ParseHash(lines[2]))
	return tree, lines[0]
}

// verifyEntries hashes every entry, holds each against the leaf that the tiles have, and all against the root.
func verifyEntries(source source, tree tlog.Tree, tiles tlog.HashReader) {
	var hashes []tlog.Hash // in the order of tlog.StoredHashIndex
	own := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			found[i] = hashes[index]
		}
		return found, nil
	})
	for first := int64(0); first < tree.N; first += width {
		entries := bundle(source, first, min(width, tree.N-first))
		leaves := make([]int64, len(entries))
		for i := range entries {
			leaves[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		signed := must(tiles.ReadHashes(leaves))
		for i, entry := range entries {
			if tlog.RecordHash(entry) != signed[i] {
				log.Fatalf("entry %d is not what was signed", first+int64(i))
			}
			hashes = append(hashes, must(tlog.StoredHashes(first+int64(i), entry, own))...)
		}
	}
	if root := must(tlog.TreeHash(tree.N, own)); root != tree.Hash {
		log.Fatalf("the entries give the root %v, the checkpoint says %v", root, tree.Hash)
	}
}

// bundle answers the entries from `first` on, each of which stands behind its length in two bytes.
func bundle(source source, first, count int64) [][]byte {
	data := must(source("tile/entries/" + path(first/width, int(count))))
	entries := make([][]byte, 0, count)
	for range count {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			log.Fatalf("entry %d is cut short", first+int64(len(entries)))
		}
		length := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+length])
		data = data[2+length:]
	}
	if len(data) > 0 {
		log.Fatalf("the bundle of entry %d goes on after its last entry", first)
	}
	return entries
}

func verifyGrowth(older, newer tlog.Tree, tiles tlog.HashReader) {
	if older.N > newer.N {
		log.Fatalf("the log has shrunk: it had %d entries and has %d", older.N, newer.N)
	}
	if older.N > 0 {
		proof := must(tlog.ProveTree(newer.N, older.N, tiles))
		check(tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash))
	}
	fmt.Printf("verified: the log still begins with the %d entries of the kept checkpoint\n", older.N)
}

func verifyInclusion(index int64, tree tlog.Tree, tiles tlog.HashReader) {
	leaf := must(tiles.ReadHashes([]int64{tlog.StoredHashIndex(0, index)}))[0]
	proof := must(tlog.ProveRecord(tree.N, index, tiles))
	check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
	fmt.Printf("verified: entry %d is included, by %d hashes\n", index, len(proof))
}

// source reads a file of the log by its path.
type source func(path string) ([]byte, error)

func sourceOf(where, tokenFile string) source {
	if !strings.HasPrefix(where, "https://") && !strings.HasPrefix(where, "http://") {
		return func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(where, path)) }
	}
	token := ""
	if tokenFile != "" {
		token = strings.TrimSpace(string(must(os.ReadFile(tokenFile))))
	}
	client := http.Client{Timeout: time.Minute}
	return func(path string) ([]byte, error) {
		request, err := http.NewRequest("GET", strings.TrimSuffix(where, "/")+"/"+path, nil)
		if err != nil {
			return nil, err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		response, err := client.Do(request)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("%s: %s", path, response.Status)
		}
		return io.ReadAll(io.LimitReader(response.Body, mostBytes))
	}
}

// tileReader hands tiles to the Go implementation, which holds them against the signed root before it uses them.
type tileReader struct{ source source }

func (tileReader) Height() int { return 8 }

func (r tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = r.source(fmt.Sprintf("tile/%d/%s", tile.L, path(tile.N, tile.W))); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

// path names a tile as C2SP tlog-tiles does: x001/x234/067, with .p/W where it is not full.
func path(n int64, tileWidth int) string {
	name := fmt.Sprintf("%03d", n%1000)
	for n /= 1000; n > 0; n /= 1000 {
		name = fmt.Sprintf("x%03d/%s", n%1000, name)
	}
	if tileWidth < width {
		name = fmt.Sprintf("%s.p/%d", name, tileWidth)
	}
	return name
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
