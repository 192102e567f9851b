//go:build !race

package appfolio

import (
	"testing"

	"rentbell/core"
)

// The race detector makes sync.Pool forget on purpose.
func TestCheckingASignatureAllocatesNothing(t *testing.T) {
	body := []byte(`{"id":"evt_1","type":"x"}`)
	header, source := sign("another secret", body), New()
	current, retiring := core.NewSecret(secret), core.NewSecret("retiring")
	allocations := testing.AllocsPerRun(1000, func() {
		for _, s := range []core.Secret{current, retiring} {
			if source.keyFor(s).signed(header[SignatureHeader][0], body) {
				t.Error("a forged delivery counts")
			}
		}
	})
	if allocations != 0 {
		t.Errorf("got %v allocations a delivery", allocations)
	}
}
