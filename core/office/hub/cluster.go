package hub

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"rentbell/core"
)

// Errors of what a Cluster is made of. None repeats what it is about: that could be a secret.
var (
	ErrClusterURL    = errors.New("it is no address of a NATS cluster's leaf node port, tls://HOST:PORT")
	ErrClusterSecret = errors.New("an address holds no user, password or token: put credentials into the environment")
	ErrClusterPlain  = errors.New("nats:// goes over the network unencrypted: use tls://")
	ErrClusterCA     = errors.New("the file holds no certificate in PEM")
	ErrClusterCreds  = errors.New("they are neither a .creds file of NATS nor the seed of a user's key")
)

// Cluster is a NATS cluster that keeps the office's stream in place of this process. It is
// reached as a leaf node of an account that no other office has.
type Cluster struct {
	urls []*url.URL
	tls  *tls.Config // nil: the cluster is on this computer, and not encrypted
	jwt  string      // of the account's user; empty: the key alone says who it is
	key  nkeys.KeyPair
	seed string
}

// NewCluster reads addresses, separated by commas, and the credentials. ca is the path of
// the certificates that the cluster's are signed by; empty: those that this computer trusts.
func NewCluster(addresses, ca string, credentials core.Secret) (*Cluster, error) {
	c := &Cluster{}
	for text := range strings.SplitSeq(addresses, ",") {
		u, err := clusterURL(text)
		if err != nil {
			return nil, err
		}
		c.urls = append(c.urls, u)
	}
	if err := c.encrypt(ca); err != nil {
		return nil, err
	}
	return c, c.identify([]byte(credentials.Reveal()))
}

// clusterURL reads one address.
func clusterURL(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil, u.Hostname() == "":
		return nil, ErrClusterURL // the reason would repeat it
	case u.User != nil:
		return nil, ErrClusterSecret
	case u.Scheme != "tls" && u.Scheme != "nats", u.Path != "" && u.Path != "/", u.RawQuery != "", u.Fragment != "":
		return nil, ErrClusterURL
	case u.Scheme == "nats" && !core.IsLoopback(u.Hostname()):
		return nil, ErrClusterPlain
	}
	port := u.Port()
	if port == "" {
		port = strconv.Itoa(server.DEFAULT_LEAFNODE_PORT)
	}
	return &url.URL{Scheme: u.Scheme, Host: net.JoinHostPort(u.Hostname(), port)}, nil
}

// encrypt says how the addresses are reached: all of them encrypted, or none.
func (c *Cluster) encrypt(ca string) error {
	for _, u := range c.urls {
		if u.Scheme != c.urls[0].Scheme {
			return ErrClusterPlain
		}
	}
	if c.urls[0].Scheme == "nats" {
		return nil
	}
	c.tls = &tls.Config{MinVersion: tls.VersionTLS12}
	if ca == "" {
		return nil
	}
	pem, err := readCA(ca)
	if err != nil {
		return err
	}
	c.tls.RootCAs = x509.NewCertPool()
	if !c.tls.RootCAs.AppendCertsFromPEM(pem) {
		return ErrClusterCA
	}
	return nil
}

const maxCA = 1 << 20 // bytes

func readCA(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, core.ErrNotFile
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	return io.ReadAll(io.LimitReader(file, maxCA))
}

// identify reads the credentials: those of a .creds file, or a bare seed.
func (c *Cluster) identify(credentials []byte) error {
	key, err := nkeys.ParseDecoratedUserNKey(credentials)
	if err != nil {
		return ErrClusterCreds // the reason could repeat them
	}
	seed, err := key.Seed()
	if err != nil {
		return ErrClusterCreds
	}
	c.key, c.seed = key, string(seed)
	if string(seed) == string(credentials) {
		return nil
	}
	if c.jwt, err = nkeys.ParseDecoratedJWT(credentials); err != nil || c.jwt == string(credentials) {
		return ErrClusterCreds
	}
	return nil
}
