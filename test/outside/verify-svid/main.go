// Verifies a JWT-SVID by a SPIFFE bundle, with go-spiffe and nothing of ours: verify-svid BUNDLE TRUST-DOMAIN AUDIENCE
// reads the token from its input, and prints the SPIFFE ID.
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spiffe/go-spiffe/v2/bundle/spiffebundle"
	"github.com/spiffe/go-spiffe/v2/spiffeid"
	"github.com/spiffe/go-spiffe/v2/svid/jwtsvid"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 4 {
		return fmt.Errorf("usage: verify-svid BUNDLE TRUST-DOMAIN AUDIENCE")
	}
	domain, err := spiffeid.TrustDomainFromString(os.Args[2])
	if err != nil {
		return err
	}
	bundle, err := spiffebundle.Load(domain, os.Args[1])
	if err != nil {
		return err
	}
	if _, ok := bundle.SequenceNumber(); !ok {
		return fmt.Errorf("the bundle has no sequence number")
	}
	token, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	svid, err := jwtsvid.ParseAndValidate(strings.TrimSpace(string(token)), bundle, []string{os.Args[3]})
	if err != nil {
		return err
	}
	fmt.Println(svid.ID)
	return nil
}
