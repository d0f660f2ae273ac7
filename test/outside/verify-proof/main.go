// Checks a proof of one entry (c2sp.org/tlog-proof@v1) against a trust policy (c2sp.org/tlog-policy), with torchwood's
// implementation of both. It asks nobody: the proof, the entry and the policy are files.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	log.SetFlags(0)
	policyFile := flag.String("policy", "", "file with the trust policy, which names the log and its witnesses")
	entryFile := flag.String("entry", "", "file with the entry's exact bytes")
	proofFile := flag.String("proof", "", "file with its .tlog-proof")
	flag.Parse()

	policy := must(torchwood.ParsePolicy(must(os.ReadFile(*policyFile))))
	entry := must(os.ReadFile(*entryFile))
	if err := torchwood.VerifyProof(policy, tlog.RecordHash(entry), must(os.ReadFile(*proofFile))); err != nil {
		log.Fatal(err)
	}
	fmt.Println("verified: the entry is in the log, and the policy is satisfied")
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
