package keychain

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"filippo.io/age"

	"rentbell/core"
)

// quick is a work factor for tests.
const quick = 2

var (
	passphrase = core.NewSecret("correct horse battery staple")
	all        = core.Secrets{
		APIKey:        core.NewSecret("af_live_0123456789 with ' and \" and /+?&="),
		WebhookSecret: core.NewSecret("whsec_ünïcödé\nline 2"),
		Authtoken:     core.NewSecret("2aBcDeFg_of_ngrok \xff\xfe"), // not UTF-8
		Retiring:      core.Retiring{Secret: core.NewSecret("whsec_retiring_4711"), Until: 1_800_000_000},
	}
)

func sealed(t testing.TB, s core.Secrets) []byte {
	t.Helper()
	data, err := seal(s, passphrase, quick)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSealedSecretsOpenWithTheirPassphraseAlone(t *testing.T) {
	for _, want := range []core.Secrets{all, {}, {APIKey: all.APIKey}} {
		data := sealed(t, want)
		if got, err := unseal(data, passphrase); err != nil || got != want {
			t.Errorf("unseal: %v", err)
		}
		for _, wrong := range []string{"", "correct horse battery stapl", "Correct horse battery staple", "correct horse battery staple s"} {
			if got, err := unseal(data, core.NewSecret(wrong)); !errors.Is(err, core.ErrPassphrase) || got != (core.Secrets{}) {
				t.Errorf("with %q: %v, want ErrPassphrase", wrong, err)
			}
		}
	}
	if _, err := seal(all, core.Secret{}, quick); !errors.Is(err, core.ErrPassphrase) {
		t.Errorf("seal without a passphrase: %v", err)
	}
}

// spellings are the forms in which a secret might stand in a file.
func spellings(secret string) []string {
	b := []byte(secret)
	return []string{
		secret, strings.ToUpper(secret), strings.ToLower(secret), url.QueryEscape(secret), url.PathEscape(secret), strconv.Quote(secret),
		base64.StdEncoding.EncodeToString(b), base64.URLEncoding.EncodeToString(b), hex.EncodeToString(b), strings.ToUpper(hex.EncodeToString(b)),
	}
}

func TestSealedFileShowsNoPieceOfASecret(t *testing.T) {
	const piece = 8 // long enough never to stand there by chance
	data := sealed(t, all)
	for _, s := range []core.Secret{all.APIKey, all.WebhookSecret, all.Authtoken, all.Retiring.Secret, passphrase} {
		for _, form := range spellings(s.Reveal()) {
			for i := 0; i+piece <= len(form); i++ {
				if bytes.Contains(data, []byte(form[i:i+piece])) {
					t.Fatalf("the file shows %q of %q", form[i:i+piece], form)
				}
			}
		}
	}
	if bytes.Contains(data, []byte("appfolio")) {
		t.Error("the file shows its JSON")
	}
}

// stanza is where the file keeps its salt and wrapped key. A change there
// cannot be told from a wrong passphrase.
func stanza(data []byte) (from, to int) {
	return bytes.Index(data, []byte("-> scrypt ")), bytes.Index(data, []byte("\n---"))
}

func TestDamageIsToldFromAWrongPassphrase(t *testing.T) {
	data := sealed(t, all)
	from, to := stanza(data)
	check := func(what string, at int, damaged []byte) {
		t.Helper()
		got, err := unseal(damaged, passphrase)
		within := from <= at && at <= to && errors.Is(err, core.ErrPassphrase)
		if (!within && err != core.ErrVaultDamaged) || got != (core.Secrets{}) { // alone: it must not repeat anything
			t.Errorf("%s at %d: %v, want ErrVaultDamaged", what, at, err)
		}
	}
	for i := range data {
		check("truncated", len(data), data[:i])
		for _, bit := range []byte{0x01, 0x80} {
			flipped := bytes.Clone(data)
			flipped[i] ^= bit
			check("flipped", i, flipped)
		}
		check("byte lost", i, append(bytes.Clone(data[:i]), data[i+1:]...))
	}
	check("byte added", len(data), append(bytes.Clone(data), 0))
	check("doubled", len(data), append(bytes.Clone(data), data...))
	check("zeroed", len(data), make([]byte, len(data)))
}

// encrypt makes an age file of any contents.
func encrypt(t *testing.T, plain string, to age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, to)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestFilesOfOtherMakingAreRefused(t *testing.T) {
	ours, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	ours.SetWorkFactor(quick)
	theirs, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	data := sealed(t, all)
	tests := []struct {
		name string
		file []byte
		want error
	}{
		{"a later version", encrypt(t, `{"version":2,"webhook_secret":{"new":"shape"}}`, ours), core.ErrNewer},
		{"no version", encrypt(t, `{"webhook_secret":"c2VjcmV0"}`, ours), core.ErrVaultDamaged},
		{"a version that was never", encrypt(t, `{"version":-1}`, ours), core.ErrVaultDamaged},
		{"text for a secret", encrypt(t, `{"version":1,"webhook_secret":"not base64"}`, ours), core.ErrVaultDamaged},
		{"no JSON", encrypt(t, "whsec_plain", ours), core.ErrVaultDamaged},
		{"two values", encrypt(t, `{"version":1}{"version":1}`, ours), core.ErrVaultDamaged},
		{"nothing", encrypt(t, "", ours), core.ErrVaultDamaged},
		{"for a key", encrypt(t, `{"version":1}`, theirs.Recipient()), core.ErrVaultDamaged},
		{"that takes for ever", bytes.Replace(data, []byte(" 2\n"), []byte(" 30\n"), 1), core.ErrVaultDamaged},
		{"just above the bound", bytes.Replace(data, []byte(" 2\n"), []byte(" 20\n"), 1), core.ErrVaultDamaged},
	}
	for _, tt := range tests {
		if got, err := unseal(tt.file, passphrase); err != tt.want || got != (core.Secrets{}) { // alone, as above
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func FuzzUnsealKnowsThreeErrors(f *testing.F) {
	data := sealed(f, all)
	from, to := stanza(data)
	f.Add(data)
	f.Add(data[:to])
	f.Add(data[from:])
	f.Add([]byte("age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 1\n"))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, file []byte) {
		for factor := 9; factor <= maxWorkFactor; factor++ {
			if bytes.Contains(file, []byte(" "+strconv.Itoa(factor)+"\n")) {
				t.Skip("slow by right")
			}
		}
		got, err := unseal(file, passphrase)
		switch err { // alone, as above
		case nil, core.ErrPassphrase, core.ErrVaultDamaged, core.ErrNewer:
		default:
			t.Errorf("unseal: %v", err)
		}
		if err != nil && got != (core.Secrets{}) {
			t.Error("something of a file that does not open")
		}
	})
}
