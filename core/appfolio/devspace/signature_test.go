package devspace

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

type vector struct {
	Name   string `json:"name"`
	Body   []byte `json:"body_base64"`
	Header string `json:"header"`
	Valid  bool   `json:"valid"`
}

// vectors reads signatures made with jose of npm and Node.js' crypto, and the
// keys to check them with.
func vectors(t testing.TB) (set string, cases []vector) {
	t.Helper()
	text, err := os.ReadFile("testdata/jws.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Keys  json.RawMessage `json:"jwks"`
		Cases []vector        `json:"cases"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 91 {
		t.Fatalf("got %d vectors, want all 91", len(file.Cases))
	}
	return string(file.Keys), file.Cases
}

// contradicted is the one vector that says the opposite of another about the
// same text: included or detached, an empty payload is written alike.
const contradicted = "80 not detached (payload included)"

func TestSignatureVectors(t *testing.T) {
	set, cases := vectors(t)
	if twin := cases[72]; cases[80].Header != twin.Header || len(cases[80].Body)+len(twin.Body) > 0 || !twin.Valid {
		t.Fatalf("%+v does not contradict %+v", cases[80], twin)
	}
	s := newSpace(t, set)
	for i, v := range cases {
		if fmt.Sprintf("%d %s", i, v.Name) == contradicted {
			continue
		}
		t.Run(fmt.Sprintf("%d %s", i, v.Name), func(t *testing.T) {
			err := s.open(t, v.Header, string(v.Body))
			if v.Valid && err != nil || !v.Valid && !errors.Is(err, core.ErrForged) {
				t.Errorf("body %q: got %v, want valid %v", v.Body, err, v.Valid)
			}
		})
	}
	s.checkAsked(t, 1)
}

func TestProtectedHeaders(t *testing.T) {
	encoded := encode(ring)
	tests := []struct {
		name, protected, payload string
		salt                     int
		want                     error
	}{
		{"ordinary", `{"alg":"PS256","kid":"a"}`, encoded, 32, nil},
		{"spread out", "{ \"kid\" :\n\"a\", \"alg\": \"PS256\" }", encoded, 32, nil},
		{"with more", `{"alg":"PS256","kid":"a","typ":"JOSE","iat":1,"x":{"y":[]}}`, encoded, 32, nil},
		{"payload as it is", `{"alg":"PS256","kid":"a","b64":false,"crit":["b64"]}`, ring, 32, nil},
		{"places of other keys, none asked", `{"alg":"PS256","kid":"a","jku":"https://x.example/","x5u":"https://x.example/"}`, encoded, 32, nil},
		{"payload as it is, unsaid", `{"alg":"PS256","kid":"a"}`, ring, 32, core.ErrForged},
		{"payload encoded, said not to be", `{"alg":"PS256","kid":"a","b64":false,"crit":["b64"]}`, encoded, 32, core.ErrForged},
		{"b64 without crit", `{"alg":"PS256","kid":"a","b64":false}`, ring, 32, core.ErrForged},
		{"b64 true", `{"alg":"PS256","kid":"a","b64":true,"crit":["b64"]}`, encoded, 32, core.ErrForged},
		{"b64 as text", `{"alg":"PS256","kid":"a","b64":"false","crit":["b64"]}`, encoded, 32, core.ErrForged},
		{"crit without b64", `{"alg":"PS256","kid":"a","crit":["b64"]}`, encoded, 32, core.ErrForged},
		{"crit twice", `{"alg":"PS256","kid":"a","b64":false,"crit":["b64","b64"]}`, ring, 32, core.ErrForged},
		{"crit of more", `{"alg":"PS256","kid":"a","b64":false,"crit":["b64","exp"],"exp":1}`, ring, 32, core.ErrForged},
		{"crit of nothing", `{"alg":"PS256","kid":"a","crit":[]}`, encoded, 32, core.ErrForged},
		{"crit no list", `{"alg":"PS256","kid":"a","b64":false,"crit":"b64"}`, ring, 32, core.ErrForged},
		{"salt of 20", `{"alg":"PS256","kid":"a"}`, encoded, 20, core.ErrForged},
		{"salt of 0", `{"alg":"PS256","kid":"a"}`, encoded, 0, core.ErrForged},
		{"salt of 64", `{"alg":"PS256","kid":"a"}`, encoded, 64, core.ErrForged},
		{"no kid", `{"alg":"PS256"}`, encoded, 32, core.ErrForged},
		{"empty kid", `{"alg":"PS256","kid":""}`, encoded, 32, core.ErrForged},
		{"number for kid", `{"alg":"PS256","kid":1}`, encoded, 32, core.ErrForged},
		{"two kids", `{"alg":"PS256","kid":"a","kid":"a"}`, encoded, 32, core.ErrForged},
		{"two algorithms", `{"alg":"RS256","kid":"a","alg":"PS256"}`, encoded, 32, core.ErrForged},
		{"no algorithm", `{"kid":"a"}`, encoded, 32, core.ErrForged},
		{"small letters", `{"alg":"ps256","kid":"a"}`, encoded, 32, core.ErrForged},
		{"another strength", `{"alg":"PS512","kid":"a"}`, encoded, 32, core.ErrForged},
		{"no object", `["PS256"]`, encoded, 32, core.ErrForged},
		{"text after it", `{"alg":"PS256","kid":"a"} x`, encoded, 32, core.ErrForged},
		{"deep", `{"alg":"PS256","kid":"a","x":` + strings.Repeat("[", 2500) + strings.Repeat("]", 2500) + `}`, encoded, 32, nil},
		{"many members", withMembers(mostMembers), encoded, 32, nil},
		{"too many members", withMembers(mostMembers + 1), encoded, 32, core.ErrForged},
		{"huge", `{"alg":"PS256","kid":"a","x":"` + strings.Repeat("x", 6000) + `"}`, encoded, 32, core.ErrForged},
	}
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := s.open(t, jws(t, ours(), tt.protected, tt.payload, tt.salt), ring); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// withMembers is a protected header of n members.
func withMembers(n int) string {
	header := `{"alg":"PS256","kid":"a"`
	for i := range n - 2 {
		header += fmt.Sprintf(`,"x%d":0`, i)
	}
	return header + "}"
}

func TestKeyThatADeliveryBringsIsNotUsed(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	encoded := encode(ring)
	for _, kid := range []string{"a", "theirs"} {
		brought := jwk(kid, &rogue().PublicKey)
		signature := jws(t, rogue(), fmt.Sprintf(`{"alg":"PS256","kid":%q,"jwk":%s}`, kid, brought), encoded, 32)
		if err := s.open(t, signature, ring); !errors.Is(err, core.ErrForged) {
			t.Errorf("kid %s: got %v, want ErrForged", kid, err)
		}
	}
}

func TestOddSignatureHeadersAreForged(t *testing.T) {
	good := signAs(t, ours(), "a", ring)
	header, made, _ := strings.Cut(good, "..")
	tests := []struct {
		name   string
		values []string
		want   error
	}{
		{"as sent", []string{good}, nil},
		{"missing", nil, core.ErrForged},
		{"empty", []string{""}, core.ErrForged},
		{"twice the same", []string{good, good}, core.ErrForged},
		{"good and empty", []string{good, ""}, core.ErrForged},
		{"two in a line", []string{good + ", " + good}, core.ErrForged},
		{"space before", []string{" " + good}, core.ErrForged},
		{"space after", []string{good + " "}, core.ErrForged},
		{"line end within", []string{good[:5] + "\r\n" + good[5:]}, core.ErrForged},
		{"padded", []string{good + "=="}, core.ErrForged},
		{"plus for minus", []string{strings.NewReplacer("-", "+", "_", "/").Replace(good) + "+"}, core.ErrForged},
		{"with payload", []string{header + "." + encode(ring) + "." + made}, core.ErrForged},
		{"no header", []string{".." + made}, core.ErrForged},
		{"no signature", []string{header + ".."}, core.ErrForged},
		{"four parts", []string{good + "."}, core.ErrForged},
		{"one part", []string{made}, core.ErrForged},
		{"bits left over", []string{leftOver(good)}, core.ErrForged},
		{"huge", []string{header + ".." + strings.Repeat(made, 30)}, core.ErrForged},
		{"in JSON", []string{`{"payload":"","protected":"` + header + `","signature":"` + made + `"}`}, core.ErrForged},
	}
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := s.Open(t.Context(), s.account(), http.Header{"X-Jws-Signature": tt.values}, []byte(ring), received)
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// leftOver sets a bit of the last letter that stands for no byte.
func leftOver(signature string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(letters, signature[len(signature)-1])
	return signature[:len(signature)-1] + letters[last|1:last|1+1]
}

func TestLongerKeysCountAndShortOnesDoNot(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey), jwk("longer", &longer().PublicKey), jwk("short", &short().PublicKey)))
	s.check(t, longer(), "longer", nil)
	s.check(t, ours(), "longer", core.ErrForged) // a signature of another length
	s.check(t, longer(), "a", core.ErrForged)
	s.check(t, short(), "short", core.ErrForged)
	s.check(t, ours(), "a", nil)
}

func TestEmptyBodyCanBeSigned(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	d, err := s.Open(t.Context(), s.account(), http.Header{SignatureHeader: {signAs(t, ours(), "a", "")}}, nil, received)
	if err != nil || len(d.Strays) != 1 || d.Strays[0].Reason != core.ReasonNotObject {
		t.Errorf("got %+v, %v, want a stray", d, err)
	}
}

// FuzzOpen holds the verdict against package crypto/rsa's own.
func FuzzOpen(f *testing.F) {
	set, cases := vectors(f)
	for _, v := range cases[:36] {
		f.Add(v.Header, v.Body)
	}
	f.Add(jws(f, rogue(), `{"alg":"PS256","kid":"key-1","crit":["b64"],"b64":false}`, ring, 32), []byte(ring))
	f.Add("..", []byte(nil))
	keys, err := keysIn([]byte(set))
	if err != nil {
		f.Fatal(err)
	}
	s := newSpace(f, set)
	f.Fuzz(func(t *testing.T, signature string, body []byte) {
		d, err := s.Open(t.Context(), s.account(), http.Header{SignatureHeader: {signature}}, body, received)
		if err == nil && !genuine(keys, signature, body) {
			t.Errorf("%q was accepted for %q", signature, body)
		}
		refused := errors.Is(err, core.ErrForged) || errors.Is(err, core.ErrNoKeys) && !namesOneOf(keys, signature)
		if err != nil && (!refused || d.Events != nil || d.Strays != nil) {
			t.Errorf("got %+v, %v", d, err)
		}
	})
}

// namesOneOf reports whether a signature's header names one of the keys that are
// known: then nobody has to be asked.
func namesOneOf(keys map[string]*rsa.PublicKey, signature string) bool {
	header, _, _ := strings.Cut(signature, ".")
	var names struct{ Kid string }
	decoded, err := base64.RawURLEncoding.DecodeString(header)
	if err != nil || json.Unmarshal(decoded, &names) != nil {
		return false
	}
	return keys[names.Kid] != nil
}

// genuine tries every key on both forms of the payload.
func genuine(keys map[string]*rsa.PublicKey, signature string, body []byte) bool {
	header, encoded, _ := strings.Cut(signature, "..")
	made, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return false
	}
	for _, payload := range []string{string(body), encode(string(body))} {
		digest := sha256.Sum256([]byte(header + "." + payload))
		for _, key := range keys {
			if rsa.VerifyPSS(key, crypto.SHA256, digest[:], made, &rsa.PSSOptions{SaltLength: 32}) == nil {
				return true
			}
		}
	}
	return false
}

func BenchmarkOpen(b *testing.B) {
	s := newSpace(b, setOf(jwk("a", &ours().PublicKey)))
	large := ring[:len(ring)-1] + `,"x":"` + strings.Repeat("x", 900<<10) + `"}`
	long := `{"alg":"PS256","kid":"a","x":` + strings.Repeat("[", 2500) + strings.Repeat("]", 2500) + `}`
	tests := []struct{ name, signature, body string }{
		{"doorbell", signAs(b, ours(), "a", ring), ring},
		{"forged", signAs(b, rogue(), "a", ring), ring},
		{"unknown kid", signAs(b, rogue(), "b", ring), ring},
		{"malformed", "x.y.z", ring},
		{"long header", jws(b, rogue(), long, ring, 32), ring},
		{"large", signAs(b, ours(), "a", large), large},
		{"large forged", signAs(b, rogue(), "a", large), large},
	}
	for _, tt := range tests {
		b.Run(tt.name, func(b *testing.B) {
			header, body, account := http.Header{SignatureHeader: {tt.signature}}, []byte(tt.body), s.account()
			b.ReportAllocs()
			for b.Loop() {
				_, _ = s.Open(b.Context(), account, header, body, received) // what comes of it is tested elsewhere
				s.gate.refund(time.Hour)                                    // or the bucket would be measured
			}
		})
	}
}
