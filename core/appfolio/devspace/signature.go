package devspace

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/go-jose/go-jose/v4"

	"rentbell/core/appfolio"
)

const (
	longestSignature = 8 << 10 // of the header's value, in bytes; AppFolio's are 400
	mostMembers      = 100     // of a protected header, or a stranger could make it costly to take apart; AppFolio's have two
	smallestKey      = 2048    // bits of an RSA key
	largestKey       = 8192
	saltLength       = sha256.Size // RFC 7518, section 3.5
)

// signature is a detached JWS (RFC 7515, appendix F) that passed the cheap checks,
// with the body it claims to sign.
type signature struct {
	text string
	body []byte
	kid  string
	size int // of the signature itself, in bytes
}

// strict refuses stray bits at the end (RFC 4648, section 3.5), so that every
// signature has one spelling.
var strict = base64.RawURLEncoding.Strict()

// parse makes the checks that cost next to nothing: there is one value, in three
// parts; the first names PS256 and a key, the second is empty, and the third has the
// size of an RSA signature.
func parse(values []string, body []byte) (s signature, ok bool) {
	if len(values) != 1 || len(values[0]) > longestSignature || strings.ContainsFunc(values[0], foreign) {
		return s, false
	}
	first, rest, _ := strings.Cut(values[0], ".")
	last, detached := strings.CutPrefix(rest, ".")
	s = signature{text: values[0], body: body, size: strict.DecodedLen(len(last))}
	if !detached || s.size < smallestKey/8 || s.size > largestKey/8 {
		return s, false
	}
	protected, err := strict.DecodeString(first)
	if err != nil || !spelt(last) || !utf8.Valid(protected) || !bytes.HasPrefix(protected, []byte("{")) || bytes.Count(protected, []byte(":")) > mostMembers {
		return s, false
	}
	header := appfolio.Members(protected)
	s.kid = appfolio.Text(header["kid"], longestSignature)
	return s, s.kid != "" && appfolio.Text(header["alg"], longestSignature) == string(jose.PS256)
}

// foreign reports whether r does not belong in a compact JWS. go-jose alone would
// skip white space.
func foreign(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
		return false
	}
	return true
}

func spelt(encoded string) bool {
	_, err := strict.DecodeString(encoded)
	return err == nil
}

// understood reports whether a protected header uses no extension but the unencoded
// payload (RFC 7797), which needs two members: "b64" is false and "crit" names it.
func understood(protected jose.Header) bool {
	b64, said := protected.ExtraHeaders["b64"]
	crit, critical := protected.ExtraHeaders["crit"]
	if !said && !critical {
		return true
	}
	names, _ := crit.([]any)
	return b64 == false && len(names) == 1 && names[0] == "b64"
}

// by reports whether key made the signature. This is the expensive part: RSA, and
// for a long protected header go-jose, which parses it several times.
func (s signature) by(key *rsa.PublicKey) bool {
	body := s.body
	if body == nil {
		body = []byte{} // to go-jose nil is no payload at all
	}
	jws, err := jose.ParseDetached(s.text, body, []jose.SignatureAlgorithm{jose.PS256})
	if err != nil {
		return false
	}
	protected := jws.Signatures[0].Protected
	return protected.KeyID == s.kid && understood(protected) && jws.DetachedVerify(body, pss{key}) == nil
}

// pss replaces go-jose's own check, which accepts a salt of any length.
type pss struct{ key *rsa.PublicKey }

func (p pss) VerifyPayload(payload, signature []byte, _ jose.SignatureAlgorithm) error {
	digest := sha256.Sum256(payload)
	return rsa.VerifyPSS(p.key, crypto.SHA256, digest[:], signature, &rsa.PSSOptions{SaltLength: saltLength})
}
