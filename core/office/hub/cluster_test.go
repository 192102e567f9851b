package hub

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nkeys"

	"rentbell/core"
)

// userSeed is the seed of a new user's key.
func userSeed(t testing.TB) core.Secret {
	t.Helper()
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := key.Seed()
	if err != nil {
		t.Fatal(err)
	}
	return core.KeptSecret(string(seed))
}

func TestAddressesOfAClusterAreReadAndSecretsInThemAreRefused(t *testing.T) {
	seed := userSeed(t)
	for text, want := range map[string]struct {
		first string
		err   error
	}{
		"tls://nats.example.com:7422":                       {"tls://nats.example.com:7422", nil},
		"tls://nats.example.com":                            {"tls://nats.example.com:7422", nil},
		"tls://a.example.com:1/, tls://b.example.com:2":     {"tls://a.example.com:1", nil},
		"nats://127.0.0.1:7422":                             {"nats://127.0.0.1:7422", nil},
		"nats://localhost,nats://[::1]:1":                   {"nats://localhost:7422", nil},
		"nats://nats.example.com":                           {"", ErrClusterPlain},
		"tls://nats.example.com,nats://localhost":           {"", ErrClusterPlain},
		"tls://me:hunter2@nats.example.com":                 {"", ErrClusterSecret},
		"tls://hunter2@nats.example.com":                    {"", ErrClusterSecret},
		"tls://nats.example.com,nats://hunter2@127.0.0.1:1": {"", ErrClusterSecret},
		"https://nats.example.com":                          {"", ErrClusterURL},
		"nats.example.com:7422":                             {"", ErrClusterURL},
		"tls://nats.example.com?token=hunter2":              {"", ErrClusterURL},
		"tls://nats.example.com/hunter2":                    {"", ErrClusterURL},
		"tls://nats.example.com:hunter2":                    {"", ErrClusterURL},
		"tls://":                                            {"", ErrClusterURL},
		",":                                                 {"", ErrClusterURL},
	} {
		c, err := NewCluster(text, "", seed)
		if !errors.Is(err, want.err) || err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", text, err)
		}
		if err == nil && c.urls[0].String() != want.first {
			t.Errorf("%s: %s", text, c.urls[0])
		}
	}
}

func TestWhatIsNoCredentialsOrNoCertificateIsRefused(t *testing.T) {
	account, err := nkeys.CreateAccount()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := account.Seed()
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"", "hunter2", "SUhunter2", string(seed), "me:hunter2", "-----BEGIN NATS USER JWT-----\nhunter2\n------END NATS USER JWT------\n"} {
		if _, err := NewCluster("tls://nats.example.com", "", core.KeptSecret(text)); !errors.Is(err, ErrClusterCreds) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", text, err)
		}
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "ca.pem")
	if err := os.WriteFile(file, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{file: ErrClusterCA, dir: core.ErrNotFile, filepath.Join(dir, "none"): os.ErrNotExist} {
		if _, err := NewCluster("tls://nats.example.com", path, userSeed(t)); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func FuzzHello(f *testing.F) {
	f.Add([]byte("INFO {\"domain\":\"main\",\"max_payload\":1048576,\"tls_required\":true} \r\n"))
	f.Add([]byte("INFO {\"domain\":\"a.>\"}\r\n"))
	f.Add([]byte("-ERR 'no'\r\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := readHello(strings.NewReader(string(b)))
		if err != nil && h != (hello{}) {
			t.Errorf("%+v beside %v", h, err)
		}
		if strings.ContainsAny(h.Domain, ".*> \r\n") || len(h.Domain) > maxDomain {
			t.Errorf("the domain is %q", h.Domain)
		}
	})
}

func FuzzClusterCredentials(f *testing.F) {
	f.Add(userSeed(f).Reveal())
	f.Add("-----BEGIN NATS USER JWT-----\nx\n------END NATS USER JWT------\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := NewCluster("tls://nats.example.com", "", core.KeptSecret(text))
		if err == nil && c.seed == "" || err != nil && !errors.Is(err, ErrClusterCreds) {
			t.Error(err)
		}
	})
}
