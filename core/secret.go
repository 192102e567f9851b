package core

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"time"
)

// Secret holds a key, token or webhook secret. Every way of printing it shows
// dots, so that it cannot slip into a log, an error or a file by accident;
// only the packages that hand it to its owner call Reveal.
type Secret struct{ value string }

// NewSecret wraps what a person pasted, or put into a variable or a file, cleaned
// as Pasted does. Check says whether it can be a key.
func NewSecret(pasted string) Secret { return Secret{Pasted(pasted)} }

// KeptSecret wraps what is a secret already, or a passphrase, in which quotes and
// blanks count. Only white space around it is dropped.
func KeptSecret(value string) Secret { return Secret{strings.TrimSpace(value)} }

// NewWebhookSecret makes a secret of 128 random bits, recognisable as ours.
func NewWebhookSecret() Secret {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails (crypto/rand)
	return NewSecret("rb_" + hex.EncodeToString(b))
}

const dots = "••••••"

// Reveal returns the secret itself: for the wire, the keychain and the
// clipboard, nowhere else.
func (s Secret) Reveal() string { return s.value }

// IsZero reports whether nothing was given.
func (s Secret) IsZero() bool { return s.value == "" }

// Hint returns the last four characters, by which people recognise a key.
// Secrets shorter than twelve characters give nothing away.
func (s Secret) Hint() string {
	if len(s.value) < 12 {
		return ""
	}
	return s.value[len(s.value)-4:]
}

func (s Secret) String() string       { return dots }
func (s Secret) GoString() string     { return dots }
func (s Secret) LogValue() slog.Value { return slog.StringValue(dots) }

// Format keeps every fmt verb, %x and %q among them, from showing the value.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, dots) } // a fmt.State has nowhere to report to

var errSecretInJSON = errors.New("a secret does not belong in a file")

// MarshalJSON fails: settings are written as JSON, and no secret may be.
func (s Secret) MarshalJSON() ([]byte, error) { return nil, errSecretInJSON }

// Secrets are the values a customer pastes or has made. They live in a Vault,
// the environment or memory.
type Secrets struct {
	APIKey        Secret // AppFolio's Bearer key, for registering
	WebhookSecret Secret // keys the HMAC of every delivery
	Authtoken     Secret // ngrok's
	ClientSecret  Secret // Developer Space's, for reading back
	ReportsSecret Secret // the Reports API's, for receipts
	DeskKey       Secret // proves to an office which desk this is; nobody types it
	Retiring      Retiring
}

// Retiring is a webhook secret that was replaced: deliveries signed with it
// count as well, until one signed with the new secret has arrived or its time
// is over. Zero: there is none.
type Retiring struct {
	Secret Secret
	Until  int64 // Unix time in seconds
}

// InForce reports whether deliveries signed with the secret still count at now.
func (r Retiring) InForce(now time.Time) bool {
	return !r.Secret.IsZero() && now.Unix() < r.Until
}

// Over returns s with the gaps filled from below.
func (s Secrets) Over(below Secrets) Secrets {
	o := Secrets{
		APIKey:        cmp.Or(s.APIKey, below.APIKey),
		WebhookSecret: cmp.Or(s.WebhookSecret, below.WebhookSecret),
		Authtoken:     cmp.Or(s.Authtoken, below.Authtoken),
		ClientSecret:  cmp.Or(s.ClientSecret, below.ClientSecret),
		ReportsSecret: cmp.Or(s.ReportsSecret, below.ReportsSecret),
		DeskKey:       cmp.Or(s.DeskKey, below.DeskKey),
		Retiring:      s.Retiring,
	}
	if s.WebhookSecret.IsZero() { // the two belong together
		o.Retiring = cmp.Or(s.Retiring, below.Retiring)
	}
	return o
}

// shortestFragment is the length from which a piece of a secret in somebody
// else's text is masked. Shorter pieces are too common in plain words.
const shortestFragment = 6

// Scrub returns text with every trace of the secrets masked: whole, in part
// (six characters or more), and in the encodings that error texts use.
// AppFolio's and ngrok's answers go through it before anyone sees them.
func (s Secrets) Scrub(text string) string {
	text = strings.ToValidUTF8(text, "")
	masked := make([]bool, len(text))
	lower := lowerASCII(text)
	for _, secret := range []Secret{s.APIKey, s.WebhookSecret, s.Authtoken, s.ClientSecret, s.ReportsSecret, s.DeskKey, s.Retiring.Secret} {
		for _, form := range forms(secret.value) {
			markFragments(lower, lowerASCII(form), masked)
		}
	}
	return replaceMarked(text, masked)
}

// forms lists the spellings in which a secret may come back.
func forms(secret string) []string {
	if secret == "" {
		return nil
	}
	quoted, err := json.Marshal(secret)
	if err != nil {
		quoted = nil
	}
	return []string{
		secret,
		url.QueryEscape(secret),
		url.PathEscape(secret),
		strings.Trim(string(quoted), `"`),
		base64.StdEncoding.EncodeToString([]byte(secret)),
		base64.URLEncoding.EncodeToString([]byte(secret)),
		hex.EncodeToString([]byte(secret)),
	}
}

// markFragments marks every stretch of text that also stands in secret. A
// secret shorter than a fragment is looked for whole.
func markFragments(text, secret string, masked []bool) {
	size := min(shortestFragment, len(secret))
	if size == 0 {
		return
	}
	for i := 0; i+size <= len(text); i++ {
		if strings.Contains(secret, text[i:i+size]) {
			for j := i; j < i+size; j++ {
				masked[j] = true
			}
		}
	}
}

// lowerASCII keeps every byte in its place, which strings.ToLower does not.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func replaceMarked(text string, masked []bool) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch {
		case !masked[i]:
			b.WriteByte(text[i])
		case i == 0 || !masked[i-1]:
			b.WriteString(dots)
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}
