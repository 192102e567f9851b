package appfolio

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"sync"

	"rentbell/core"
)

// SignatureHeader is X-AppFolio-Signature as net/http spells it.
const SignatureHeader = "X-Appfolio-Signature"

// key verifies signatures with one secret. Keying a hash costs as much as hashing a
// small body, so keyed hashes are reused.
type key struct {
	secret   string
	checkers sync.Pool // of *checker
}

// checker is a keyed hash with room for both sides of the comparison.
type checker struct {
	mac        hash.Hash
	want, sent [sha256.Size]byte
}

// keys are the keys of the last two secrets, newest first. While one replaces the
// other, deliveries are checked with both.
type keys [2]*key

// keyFor returns the key of secret. After a change of secret two goroutines may
// both make it; either one is good.
func (s *Source) keyFor(secret core.Secret) *key {
	value := secret.Reveal()
	var latest *key
	if known := s.keys.Load(); known != nil {
		for _, k := range known {
			if k != nil && k.secret == value {
				return k
			}
		}
		latest = known[0]
	}
	k := &key{secret: value}
	k.checkers.New = func() any { return &checker{mac: hmac.New(sha256.New, []byte(value))} }
	s.keys.Store(&keys{k, latest})
	return k
}

// shaped reports whether values holds exactly one signature: 64 hex digits in either
// case with nothing around them.
func shaped(values []string) bool {
	if len(values) != 1 || len(values[0]) != hex.EncodedLen(sha256.Size) {
		return false
	}
	for _, c := range []byte(values[0]) {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// signed reports whether a shaped signature is body's. With an empty secret nothing
// counts as signed, because anybody could sign.
func (k *key) signed(signature string, body []byte) bool {
	if k.secret == "" {
		return false
	}
	c := k.checkers.Get().(*checker)
	defer k.checkers.Put(c)
	if _, err := hex.Decode(c.sent[:], []byte(signature)); err != nil {
		return false
	}
	c.mac.Reset()
	c.mac.Write(body)
	return hmac.Equal(c.mac.Sum(c.want[:0]), c.sent[:])
}

// sum is body's signature.
func (k *key) sum(body []byte) []byte {
	c := k.checkers.Get().(*checker)
	defer k.checkers.Put(c)
	c.mac.Reset()
	c.mac.Write(body)
	return c.mac.Sum(nil)
}
