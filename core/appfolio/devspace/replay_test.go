package devspace

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

// TestReplayIsKnownByAllOfIt changes one thing at a time of a foreign delivery that
// has come before.
func TestReplayIsKnownByAllOfIt(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	body := bellOf("other", "1")
	header := http.Header{SignatureHeader: {signAs(t, ours(), "a", body)}}
	open := func(account core.Account, body string) (core.Delivery, error) {
		return s.Open(t.Context(), account, header, []byte(body), received)
	}
	for i := range 3 {
		d, err := open(s.account(), body)
		if samples := len(d.Others.Samples); err != nil || d.Others.Count != 1 || samples != max(0, 1-i) {
			t.Errorf("time %d: %+v, %v", i, d, err)
		}
	}
	s.gate.spent = time.Now().Add(time.Hour) // no more signatures can be checked
	if d, err := open(s.account(), body); err != nil || d.Others.Count != 1 {
		t.Errorf("in a flood: %+v, %v", d, err)
	}
	s.gate.spent = time.Time{}
	if _, err := open(s.account(), strings.Replace(body, "other", "0ther", 1)); !errors.Is(err, core.ErrForged) {
		t.Errorf("its signature under another body: %v", err)
	}
	theirs := s.account()
	theirs.Space.ClientID = "other"
	if d, err := open(theirs, body); err != nil || len(d.Events) != 1 {
		t.Errorf("once the account is theirs: %+v, %v", d, err)
	}
}
