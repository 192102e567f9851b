package devspace

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

func TestKnownKeyAsksNobody(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	for range 50 {
		s.check(t, ours(), "a", nil)
		s.check(t, rogue(), "a", core.ErrForged)
		s.clock.pass(2 * rest)
	}
	s.checkAsked(t, 1)
}

func TestNewKeyIsFetchedOnce(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.check(t, ours(), "a", nil)
	s.clock.pass(rest)
	s.server.publish(setOf(jwk("a", &ours().PublicKey), jwk("b", &longer().PublicKey)))
	for range 5 {
		s.check(t, longer(), "b", nil)
		s.check(t, ours(), "a", nil)
	}
	s.checkAsked(t, 2)
}

func TestKeyTakenOutOfTheSetCountsNoMore(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.check(t, ours(), "a", nil)
	s.clock.pass(rest)
	s.server.publish(setOf(jwk("b", &longer().PublicKey)))
	s.check(t, longer(), "b", nil)
	s.check(t, ours(), "a", core.ErrForged)
	s.restart()
	s.clock.pass(rest)
	s.check(t, ours(), "a", core.ErrForged)
}

func TestUnknownKeysAreAskedForOnceAMinute(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	_, made, _ := strings.Cut(signAs(t, rogue(), "?", ring), "..")
	ask := func(minute int, first, others error) {
		want := first
		for i := range 1000 {
			header := fmt.Sprintf(`{"alg":"PS256","kid":"%d-%d"}`, minute, i)
			if err := s.open(t, encode(header)+".."+made, ring); !errors.Is(err, want) {
				t.Fatalf("minute %d, kid %d: got %v, want %v", minute, i, err, want)
			}
			want = others
			s.clock.pass(time.Minute / 1000)
		}
	}
	ask(0, core.ErrForged, core.ErrNoKeys)
	s.checkAsked(t, 1)
	s.server.fail()
	ask(1, core.ErrNoKeys, core.ErrNoKeys)
	s.checkAsked(t, 2)
	s.check(t, ours(), "a", nil)
	s.server.publish(setOf(jwk("a", &ours().PublicKey)))
	ask(2, core.ErrForged, core.ErrNoKeys)
	s.checkAsked(t, 3)
}

// TestStrangerCannotMakeANewKeyForged has a stranger use up the fetch of the minute,
// by an unknown name, just before AppFolio begins to sign with another key.
func TestStrangerCannotMakeANewKeyForged(t *testing.T) {
	for _, known := range []bool{true, false} { // whether a genuine delivery has come before
		s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
		if known {
			s.check(t, ours(), "a", nil)
		}
		s.check(t, rogue(), "x", core.ErrForged)
		s.server.publish(setOf(jwk("b", &longer().PublicKey)))
		for range 3 {
			s.check(t, longer(), "b", core.ErrNoKeys)
			s.check(t, rogue(), "x", core.ErrForged) // that one was asked for
		}
		s.checkAsked(t, 1)
		s.clock.pass(rest)
		s.check(t, longer(), "b", nil)
		s.check(t, ours(), "a", core.ErrForged)
		s.checkAsked(t, 2)
	}
}

// TestKeyThatIsNewWithinTheMinuteIsNotForged has AppFolio begin to sign with another
// key half a minute after a genuine delivery had its keys fetched.
func TestKeyThatIsNewWithinTheMinuteIsNotForged(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.check(t, ours(), "a", nil)
	s.clock.pass(rest / 2)
	s.server.publish(setOf(jwk("b", &longer().PublicKey)))
	s.check(t, longer(), "b", core.ErrNoKeys)
	s.checkAsked(t, 1)
	s.clock.pass(rest / 2)
	s.check(t, longer(), "b", nil)
	s.checkAsked(t, 2)
}

func TestAnswersThatAreNoKeys(t *testing.T) {
	good := setOf(jwk("a", &ours().PublicKey))
	many := make([]string, mostKeys+1)
	for i := range many {
		many[i] = jwk(fmt.Sprint(i), &ours().PublicKey)
	}
	write := func(status int, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(text))
		}
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
	}{
		{"none", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"500", write(500, good)},
		{"404", write(404, good)},
		{"204", write(204, "")},
		{"elsewhere", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/.well-known/jwks.json?again", http.StatusFound)
		}},
		{"page", write(200, "<html>Sign in</html>")},
		{"nothing", write(200, "")},
		{"null", write(200, "null")},
		{"list", write(200, "[]")},
		{"cut off", write(200, good[:len(good)-1])},
		{"no keys", write(200, `{"keys":[]}`)},
		{"no usable key", write(200, setOf(jwk("short", &short().PublicKey)))},
		{"too many", write(200, setOf(many...))},
		{"too long", write(200, strings.Repeat(" ", largestSet)+good)},
		{"shorter than it says", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			_, _ = w.Write([]byte(good))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := newSpace(t, good)
			s.server.answer(tt.answer)
			s.check(t, ours(), "a", core.ErrNoKeys)
			s.check(t, ours(), "a", core.ErrNoKeys)
			s.checkAsked(t, 1)
			s.clock.pass(rest)
			s.server.publish(good)
			s.check(t, ours(), "a", nil)
		})
	}
}

func TestKeysOfNoUseArePassedOver(t *testing.T) {
	good := jwk("a", &ours().PublicKey)
	with := func(old, replacement string) string {
		return strings.Replace(jwk("odd", &ours().PublicKey), old, replacement, 1)
	}
	odd := map[string]string{
		"for encryption":       with(`"use":"sig"`, `"use":"enc"`),
		"for RS256":            with(`"alg":"PS256"`, `"alg":"RS256"`),
		"without kid":          with(`"kid":"odd",`, ``),
		"of another type":      `{"kty":"oct","kid":"odd","k":"AAAA"}`,
		"of an unknown type":   `{"kty":"XYZ","kid":"odd"}`,
		"too short":            jwk("odd", &short().PublicKey),
		"far too long":         with(`"n":"`, `"n":"`+strings.Repeat("f", 1400)),
		"without exponent":     with(`"e":"AQAB"`, `"f":"AQAB"`),
		"with no number for n": with(`"n":"`, `"n":"!`),
		"no object":            `7`,
	}
	for name, key := range odd {
		t.Run(name, func(t *testing.T) {
			s := newSpace(t, setOf(key, good, key))
			s.check(t, ours(), "odd", core.ErrForged)
			s.check(t, ours(), "a", nil)
		})
	}
	for _, key := range []string{with(`"use":"sig",`, ``), with(`"alg":"PS256",`, ``), with(`"use"`, `"x5t#S256":"","use"`)} {
		newSpace(t, setOf(key)).check(t, ours(), "odd", nil)
	}
}

func TestSavedKeysServeWhileAppFolioIsDown(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.check(t, ours(), "a", nil)
	s.server.fail()
	s.restart()
	s.clock.pass(time.Hour)
	s.check(t, ours(), "a", nil)
	s.checkAsked(t, 1)
	s.check(t, longer(), "b", core.ErrNoKeys)
	s.check(t, ours(), "a", nil)
	s.checkAsked(t, 2)
}

func TestOldKeysAreRefreshedInPassing(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.check(t, ours(), "a", nil)
	s.clock.pass(stale - time.Second)
	s.check(t, ours(), "a", nil)
	s.checkAsked(t, 1)
	s.server.fail()
	for minute := range 3 { // down: the old set serves
		s.clock.pass(rest)
		s.check(t, ours(), "a", nil)
		s.check(t, ours(), "a", nil)
		s.checkAsked(t, 2+minute)
	}
	s.restart()
	s.server.publish(setOf(jwk("b", &longer().PublicKey)))
	s.check(t, ours(), "a", core.ErrForged)
	s.check(t, longer(), "b", nil)
	s.checkAsked(t, 5)
}

func TestKeysOfASandboxDoNotCountForAppFolio(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &rogue().PublicKey)))
	s.check(t, rogue(), "a", nil)
	other := newServer(t, setOf(jwk("a", &ours().PublicKey)))
	s.server = other
	s.check(t, rogue(), "a", core.ErrForged)
	s.check(t, ours(), "a", nil)
	s.keys.text = []byte(strings.Replace(string(s.keys.text), other.URL, "https://api.appfolio.com", 1))
	s.restart()
	other.fail()
	s.check(t, ours(), "a", core.ErrNoKeys)
}

func TestStoreThatFailsCostsOnlyAFetch(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.keys.err = errors.New("disk full")
	s.restart()
	s.check(t, ours(), "a", nil)
	s.check(t, ours(), "a", nil)
	s.checkAsked(t, 1)
	for _, text := range []string{"{", "null", `{"set":{"keys":[]}}`} {
		s.keys.text, s.keys.err = []byte(text), nil
		s.restart()
		s.check(t, ours(), "a", nil)
	}
}

func TestClockPutBackDoesNotStopFetching(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	s.check(t, ours(), "a", nil)
	s.clock.pass(-24 * time.Hour)
	s.server.publish(setOf(jwk("b", &longer().PublicKey)))
	s.check(t, longer(), "b", nil)
	s.checkAsked(t, 2)
}

// TestOneFetchServesAll holds the first fetch until everybody waits for it.
func TestOneFetchServesAll(t *testing.T) {
	s := newSpace(t, "")
	arrived, hold := make(chan struct{}), make(chan struct{})
	s.server.answer(func(w http.ResponseWriter, _ *http.Request) {
		close(arrived)
		<-hold
		_, _ = w.Write([]byte(setOf(jwk("a", &ours().PublicKey))))
	})
	signature := signAs(t, ours(), "a", ring)
	var wg sync.WaitGroup
	deliver := func(ctx context.Context, want error) {
		_, err := s.Open(ctx, s.account(), http.Header{SignatureHeader: {signature}}, []byte(ring), received)
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	first, hangUp := context.WithCancel(t.Context())
	wg.Go(func() { deliver(first, nil) })
	<-arrived
	hangUp() // whoever began the fetch may go: it serves the others
	for range 20 {
		wg.Go(func() { deliver(t.Context(), nil) })
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	deliver(gone, core.ErrNoKeys)
	close(hold)
	wg.Wait()
	s.checkAsked(t, 1)
}

func TestProxyOfTheAccountIsUsed(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	a := s.account()
	a.Base, a.Proxy = "http://appfolio.invalid", s.server.URL
	header := http.Header{SignatureHeader: {signAs(t, ours(), "a", ring)}}
	if _, err := s.Open(t.Context(), a, header, []byte(ring), received); err != nil {
		t.Error(err)
	}
	a.Base, a.Proxy = "http://other.invalid", "http://"
	if _, err := s.Open(t.Context(), a, header, []byte(ring), received); !errors.Is(err, core.ErrNoKeys) || !errors.Is(err, core.ErrBadProxy) {
		t.Errorf("bad proxy: got %v", err)
	}
}
