package desk_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/hub"
)

// cluster is three servers of NATS with routes to each other, and with an account for an
// office. Leaf nodes come in over TLS, with a .creds file.
type cluster struct {
	t       testing.TB
	options []*server.Options
	servers []*server.Server // nil: it is stopped
	urls    string
	ca, key string // paths of the certificate and its key
	creds   core.Secret
	warned  warnings // of the receivers
}

func newCluster(t testing.TB, servers int, adjust ...func(*server.Options)) *cluster {
	t.Helper()
	c := &cluster{t: t, servers: make([]*server.Server, servers), warned: make(warnings, 64)}
	operator, resolver := c.account()
	certificate := c.certificate()
	ports := freePorts(t, 3*servers)
	var routes, leafs []*url.URL
	for i := range servers {
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[3*i])})
		leafs = append(leafs, &url.URL{Scheme: "tls", Host: fmt.Sprintf("127.0.0.1:%d", ports[3*i+1])})
		c.urls += "," + leafs[i].String()
	}
	c.urls = c.urls[1:]
	for i := range servers {
		o := &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: ports[3*i+2], NoSigs: true, NoLog: true, MaxPayload: 4 << 20,
			JetStream: true, StoreDir: t.TempDir(), JetStreamDomain: "main",
			LeafNode:         server.LeafNodeOpts{Host: "127.0.0.1", Port: ports[3*i+1], TLSConfig: certificate.Clone(), TLSTimeout: 5},
			TrustedOperators: []*jwt.OperatorClaims{operator}, SystemAccount: operator.SystemAccount, AccountResolver: resolver,
		}
		if servers > 1 {
			o.Cluster = server.ClusterOpts{Name: "main", Host: "127.0.0.1", Port: ports[3*i]}
			o.Routes = routes
		}
		for _, change := range adjust {
			change(o)
		}
		c.options = append(c.options, o)
		c.start(i)
	}
	t.Cleanup(func() {
		for i := range c.servers {
			c.kill(i)
		}
	})
	return c
}

func (c *cluster) start(i int) {
	c.t.Helper()
	s, err := server.NewServer(c.options[i].Clone())
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	c.servers[i] = s
}

func (c *cluster) kill(i int) {
	if s := c.servers[i]; s != nil {
		s.Shutdown()
		s.WaitForShutdown()
		c.servers[i] = nil
	}
}

// freePorts are ports that nobody had a moment ago.
func freePorts(t testing.TB, n int) (ports []int) {
	t.Helper()
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }() // it held the port
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}

// account makes an operator with an account for an office, and credentials of its user.
func (c *cluster) account() (*jwt.OperatorClaims, server.AccountResolver) {
	c.t.Helper()
	must := func(text string, err error) string {
		if err != nil {
			c.t.Fatal(err)
		}
		return text
	}
	pair := func(k nkeys.KeyPair, err error) (nkeys.KeyPair, string) {
		if err != nil {
			c.t.Fatal(err)
		}
		return k, must(k.PublicKey())
	}
	operatorKey, operatorID := pair(nkeys.CreateOperator())
	_, systemID := pair(nkeys.CreateAccount())
	accountKey, accountID := pair(nkeys.CreateAccount())
	userKey, userID := pair(nkeys.CreateUser())
	account := jwt.NewAccountClaims(accountID)
	account.Limits.JetStreamLimits = jwt.JetStreamLimits{MemoryStorage: -1, DiskStorage: -1, Streams: -1, Consumer: -1}
	seed, err := userKey.Seed()
	if err != nil {
		c.t.Fatal(err)
	}
	creds, err := jwt.FormatUserConfig(must(jwt.NewUserClaims(userID).Encode(accountKey)), seed)
	if err != nil {
		c.t.Fatal(err)
	}
	c.creds = core.KeptSecret(string(creds))
	resolver := &server.MemAccResolver{}
	for id, claims := range map[string]*jwt.AccountClaims{accountID: account, systemID: jwt.NewAccountClaims(systemID)} {
		if err := resolver.Store(id, must(claims.Encode(operatorKey))); err != nil {
			c.t.Fatal(err)
		}
	}
	operator := jwt.NewOperatorClaims(operatorID)
	operator.SystemAccount = systemID
	must(operator.Encode(operatorKey))
	return operator, resolver
}

// certificate makes one for this computer, and writes it to where ca says.
func (c *cluster) certificate() *tls.Config {
	c.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		c.t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		c.t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		c.t.Fatal(err)
	}
	dir := c.t.TempDir()
	c.ca, c.key = filepath.Join(dir, "ca.pem"), filepath.Join(dir, "key.pem")
	for path, block := range map[string]*pem.Block{c.ca: {Type: "CERTIFICATE", Bytes: der}, c.key: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(path, pem.EncodeToMemory(block), 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
}

// office opens an office whose stream the cluster keeps.
func (c *cluster) office() *receiver {
	c.t.Helper()
	return newReceiverIn(c.t, c.t.TempDir(), func(cfg *hub.Config) {
		var err error
		cfg.Log = slog.New(c.warned)
		if cfg.Cluster, err = hub.NewCluster(c.urls, c.ca, c.creds); err != nil {
			c.t.Fatal(err)
		}
	})
}

// warnings hears what goes wrong.
type warnings chan error

func (warnings) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }
func (w warnings) WithAttrs([]slog.Attr) slog.Handler         { return w }
func (w warnings) WithGroup(string) slog.Handler              { return w }

// Handle passes on the error of a record.
func (w warnings) Handle(_ context.Context, r slog.Record) error {
	r.Attrs(func(a slog.Attr) bool {
		if err, is := a.Value.Any().(error); is {
			select {
			case w <- err:
			default: // nobody waits for so many
			}
		}
		return true
	})
	return nil
}

// warns waits until a receiver says what goes wrong.
func (c *cluster) warns(want error, says string) {
	c.t.Helper()
	var heard []error
	limit := time.After(30 * time.Second)
	for {
		select {
		case err := <-c.warned:
			if heard = append(heard, err); errors.Is(err, want) && strings.Contains(err.Error(), says) {
				return
			}
		case <-limit:
			c.t.Fatalf("it is not said that %v (%s), but %v", want, says, heard)
		}
	}
}

// member connects somebody in the cluster who has the office's account.
func (c *cluster) member() *nats.Conn {
	c.t.Helper()
	var urls []string
	for _, s := range c.servers {
		if s != nil {
			urls = append(urls, s.ClientURL())
		}
	}
	path := filepath.Join(c.t.TempDir(), "office.creds")
	if err := os.WriteFile(path, []byte(c.creds.Reveal()), 0o600); err != nil {
		c.t.Fatal(err)
	}
	conn, err := nats.Connect(strings.Join(urls, ","), nats.UserCredentials(path))
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(conn.Close)
	return conn
}

// jetStream is the cluster's, for a member.
func (c *cluster) jetStream() jetstream.JetStream {
	c.t.Helper()
	js, err := jetstream.New(c.member())
	if err != nil {
		c.t.Fatal(err)
	}
	return js
}

// leader is the server that leads the stream of events.
func (c *cluster) leader() int {
	c.t.Helper()
	stream, err := c.jetStream().Stream(c.t.Context(), office.StreamEvents)
	if err != nil {
		c.t.Fatal(err)
	}
	return slices.IndexFunc(c.options, func(o *server.Options) bool { return o.ServerName == stream.CachedInfo().Cluster.Leader })
}
