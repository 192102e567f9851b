package desk_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"rentbell/core"
)

// recipe is the configuration of a server in OFFICE.md.
func recipe(t *testing.T) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "..", ".github", "OFFICE.md"))
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^    server_name: nats1\n(^    .*\n)+`).FindString(string(page))
	if text == "" {
		t.Fatal("OFFICE.md has no configuration of a server")
	}
	return text
}

func TestTheRecipeOfAClusterWorks(t *testing.T) {
	t.Parallel()
	user, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	public, err := user.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	c := &cluster{t: t, servers: make([]*server.Server, 3), warned: make(warnings, 64), creds: core.KeptSecret(string(seed))}
	c.certificate()
	ports, text := freePorts(t, 9), recipe(t)
	for i := range 3 {
		text = strings.ReplaceAll(text, fmt.Sprintf("nats%d.example.com:6222", i+1), fmt.Sprintf("127.0.0.1:%d", ports[i]))
		c.urls += fmt.Sprintf(",tls://127.0.0.1:%d", ports[3+i])
	}
	c.urls = c.urls[1:]
	for i := range 3 {
		file := filepath.Join(t.TempDir(), "nats-server.conf")
		own := strings.NewReplacer(
			"server_name: nats1", fmt.Sprintf("server_name: nats%d", i+1), "/var/lib/nats", t.TempDir(), "UPUBLICKEY", public,
			"0.0.0.0:6222", fmt.Sprintf("127.0.0.1:%d", ports[i]), "0.0.0.0:7422", fmt.Sprintf("127.0.0.1:%d", ports[3+i]),
			"/etc/nats/cert.pem", c.ca, "/etc/nats/ca.pem", c.ca, "/etc/nats/key.pem", c.key,
		).Replace(text)
		if err := os.WriteFile(file, []byte(own), 0o600); err != nil {
			t.Fatal(err)
		}
		o, err := server.ProcessConfigFile(file)
		if err != nil {
			t.Fatal(err)
		}
		o.Host, o.Port, o.NoSigs, o.NoLog = "127.0.0.1", ports[6+i], true, true
		c.options = append(c.options, o)
		c.start(i)
		t.Cleanup(func() { c.kill(i) })
	}
	r := c.office()
	l := r.join("Front desk")
	r.add(1, 20)
	l.has(r, 20)
	if row := r.hub.Checks()[1]; row.Good != 3 {
		t.Errorf("there are %d copies", row.Good)
	}
}
