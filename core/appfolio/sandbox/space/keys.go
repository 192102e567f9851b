package space

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http"

	"rentbell/core/appfolio/sandbox"
)

const keyBits = 2048

// signingKey is one of AppFolio's keys.
type signingKey struct {
	number int
	*rsa.PrivateKey
}

func (k signingKey) id() string { return fmt.Sprintf("sandbox-%d", k.number) }

// keyFile has the key that every Space signs with until its first rotation, so that
// it starts at once. It is public and secures nothing: only who connects to a
// sandbox trusts it.
//
//go:embed key.pem
var keyFile []byte

func firstKey() signingKey {
	block, _ := pem.Decode(keyFile)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic("parse the sandbox's key: " + err.Error()) // our own
	}
	return signingKey{1, key.(*rsa.PrivateKey)}
}

// Rotate makes a new key, which signs from now on, and returns its id. The key
// set has the earlier ones too until Retire. Making it takes about 100 ms.
func (s *Space) Rotate() (string, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return "", fmt.Errorf("rotate keys: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	next := signingKey{s.signing().number + 1, key}
	s.keys = append(s.keys, next)
	return next.id(), nil
}

// signing is the key that signs. The caller holds mu.
func (s *Space) signing() signingKey { return s.keys[len(s.keys)-1] }

// Retire takes all keys out of the key set but the one that signs.
func (s *Space) Retire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = s.keys[len(s.keys)-1:]
}

func (s *Space) serveKeys(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	set := make([]map[string]string, len(s.keys))
	for i, k := range s.keys {
		set[i] = map[string]string{
			"alg": "PS256", "kid": k.id(), "kty": "RSA", "use": "sig",
			"n": encode64(k.N.Bytes()), "e": encode64(big.NewInt(int64(k.E)).Bytes()),
		}
	}
	s.mu.Unlock()
	sandbox.Reply(w, http.StatusOK, map[string]any{"keys": set})
}

// Sign returns the detached signature that AppFolio puts into X-JWS-Signature:
// PS256, over the body in base64url or, unencoded, as it is (RFC 7797).
func (s *Space) Sign(body []byte, unencoded bool) string {
	s.mu.Lock()
	k := s.signing()
	s.mu.Unlock()
	protected := struct {
		Alg  string   `json:"alg"`
		Kid  string   `json:"kid"`
		B64  *bool    `json:"b64,omitempty"`
		Crit []string `json:"crit,omitempty"`
	}{Alg: "PS256", Kid: k.id()}
	payload := encode64(body)
	if unencoded {
		protected.B64, protected.Crit, payload = new(bool), []string{"b64"}, string(body)
	}
	header, err := json.Marshal(protected)
	if err != nil {
		panic("encode a signature's header: " + err.Error()) // our own struct
	}
	digest := sha256.Sum256([]byte(encode64(header) + "." + payload))
	options := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}
	signature, err := rsa.SignPSS(rand.Reader, k.PrivateKey, crypto.SHA256, digest[:], options)
	if err != nil {
		panic("sign with the sandbox's key: " + err.Error()) // it is large enough
	}
	return encode64(header) + ".." + encode64(signature)
}

func encode64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
