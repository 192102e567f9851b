package hub

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core/office"
)

const (
	helloLimit  = 3 * time.Second
	maxHello    = 64 << 10 // bytes
	maxDomain   = 64       // bytes
	leafTries   = 100 * time.Millisecond
	leafAnswers = time.Second     // a cluster that has just started answers nothing
	leafLimit   = 2 * time.Second // of a request: one that came before its stream has a leader gets no answer
	leafRefuses = 2 * time.Second // one that does not want this receiver says so soon
	leafPings   = 10 * time.Second
	leafLooks   = time.Second
	leafAbsence = 3 // looks in a row, until it counts as lost; a leaf node goes to another server within one

	// mostCopies is how many servers of a cluster have the stream: two agree, and one may fail.
	mostCopies = 3
	// leastPayload is what every event fits into.
	leastPayload = 2 << 20 // bytes
)

// private are the subjects on which desks ask this receiver. They never go over the leaf
// node, in either direction: nobody in the cluster hears them, and nobody there can manage
// the office in a desk's name.
const private = "ask.>"

// leaf is this process as a leaf node of a cluster. The server here then keeps no stream. It
// lets desks in, as it does without a cluster, and passes on what they may say.
type leaf struct {
	id     string // of this receiver
	remote *server.RemoteLeafOpts
	hello  hello
	ear    *ear
}

// hello is what a server of the cluster says of itself before it knows who asks.
type hello struct {
	Domain     string `json:"domain"` // of its JetStream; a leaf node has to name it
	MaxPayload int32  `json:"max_payload"`
	Encrypts   bool   `json:"tls_required"`
}

// leaf finds out what cannot be known from here: it asks the first server that answers. The
// error wraps office.ErrClusterAway, office.ErrClusterDomain or office.ErrClusterSmall.
func (c *Cluster) leaf(ctx context.Context, id string) (*leaf, error) {
	h, err := c.greet(ctx)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", office.ErrClusterAway, err)
	case c.tls != nil && !h.Encrypts:
		return nil, fmt.Errorf("%w: its leaf node port has no TLS", office.ErrClusterAway)
	case h.Domain == "":
		return nil, office.ErrClusterDomain
	case h.MaxPayload < leastPayload:
		return nil, fmt.Errorf("%w: max_payload is %d", office.ErrClusterSmall, h.MaxPayload)
	}
	remote := &server.RemoteLeafOpts{
		URLs: c.urls, TLS: c.tls != nil, TLSConfig: c.tls, DialTimeout: helloLimit,
		DenyImports: []string{private}, DenyExports: []string{private},
		IgnoreDiscoveredServers: c.tls == nil, // they could be other computers
	}
	if c.jwt == "" {
		remote.Nkey = c.seed
	} else {
		remote.SignatureCB = func(nonce []byte) (string, []byte, error) {
			signature, err := c.key.Sign(nonce)
			return c.jwt, signature, err
		}
	}
	return &leaf{id: id, remote: remote, hello: h, ear: &ear{}}, nil
}

// greet reads what the first server that answers says of itself. Nothing secret depends on
// it, for it is not encrypted yet.
func (c *Cluster) greet(ctx context.Context) (h hello, err error) {
	for _, u := range c.urls {
		heard, problem := greetAt(ctx, u.Host)
		if problem == nil {
			return heard, nil
		}
		err = errors.Join(err, problem)
	}
	return h, err
}

func greetAt(ctx context.Context, address string) (h hello, err error) {
	ctx, cancel := context.WithTimeout(ctx, helloLimit)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
	if err != nil {
		return h, err
	}
	defer func() { _ = conn.Close() }() // nothing was written
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	return readHello(conn)
}

var errNoHello = errors.New("what answers is no leaf node port of NATS")

// readHello reads the first line of a server: INFO and a JSON object.
func readHello(r io.Reader) (h hello, err error) {
	line, err := bufio.NewReader(io.LimitReader(r, maxHello)).ReadBytes('\n')
	text, is := bytes.CutPrefix(line, []byte("INFO "))
	if !is || err != nil || json.Unmarshal(text, &h) != nil || !isDomain(h.Domain) {
		return hello{}, errors.Join(errNoHello, err)
	}
	return h, nil
}

// isDomain reports whether text can stand within a subject.
func isDomain(text string) bool {
	return len(text) <= maxDomain && !strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '-' && r != '_'
	})
}

// join has a server be the leaf node.
func (l *leaf) join(o *server.Options) {
	o.ServerName += "-" + l.id                           // of two with one name a cluster keeps one
	o.MaxPayload = min(o.MaxPayload, l.hello.MaxPayload) // more would end the connection for all desks
	o.JsAccDefaultDomain = map[string]string{server.DEFAULT_GLOBAL_ACCOUNT: l.hello.Domain}
	o.LeafNode = server.LeafNodeOpts{Remotes: []*server.RemoteLeafOpts{l.remote}, PingInterval: leafPings, MaxPingsOut: 2}
}

// rename gives subjects the names that they have in the cluster: NATS compares a desk's
// permissions with those.
func (l *leaf) rename(subjects []string) {
	api := "$JS." + l.hello.Domain + ".API."
	for i, s := range subjects {
		if rest, is := strings.CutPrefix(s, "$JS.API."); is {
			subjects[i] = api + rest
		} else if strings.HasPrefix(s, "$KV.") {
			subjects[i] = api + s
		}
	}
}

// await waits until the cluster's JetStream answers.
func (e *engine) await(ctx context.Context) error {
	limit, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	began := time.Now()
	for {
		try, done := context.WithTimeout(limit, leafAnswers)
		_, err := e.js.AccountInfo(try)
		done()
		switch {
		case err == nil:
			return nil
		case limit.Err() != nil, e.leaf.ear.last() != "" && time.Since(began) > leafRefuses:
			return e.leaf.away(err)
		}
		pause(limit, leafTries)
	}
}

// look returns an error when the cluster is out of reach for a while, and nil when ctx ends.
func (e *engine) look(ctx context.Context) error {
	for absent := 0; absent < leafAbsence; absent++ {
		if pause(ctx, leafLooks); ctx.Err() != nil {
			return nil
		}
		if e.server.NumLeafNodes() > 0 {
			absent = -1
		}
	}
	return e.leaf.away(errors.New("the connection is lost"))
}

// claim says whose the account is. Two offices in one would clear each other's stream and
// mix their names.
func (l *leaf) claim(ctx context.Context, of jetstream.KeyValue) error {
	switch entry, err := of.Get(ctx, office.KeyReceiver); {
	case errors.Is(err, jetstream.ErrKeyNotFound):
	case err != nil:
		return fmt.Errorf("look whose the cluster's account is: %w", err)
	case string(entry.Value()) != l.id:
		return office.ErrClusterTaken
	default:
		return nil
	}
	if _, err := of.Create(ctx, office.KeyReceiver, []byte(l.id)); err != nil {
		return fmt.Errorf("say whose the cluster's account is: %w", err)
	}
	return nil
}

// JetStream's error codes for more copies than it has servers.
const (
	oneServer  = 10074 // it is no cluster
	fewServers = 10005 // it is one, and some may be away
)

func isCode(err error, code jetstream.ErrorCode) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == code
}

// away wraps office.ErrClusterAway and says what the server here has heard.
func (l *leaf) away(err error) error {
	return fmt.Errorf("%w: %s", office.ErrClusterAway, cmp.Or(l.ear.last(), err.Error()))
}

// ear hears what a server complains of, such as credentials that the cluster does not take.
// Nobody else is told why a leaf node has no connection.
type ear struct {
	mu    sync.Mutex
	heard string
}

// Errorf notes the newest complaint.
func (e *ear) Errorf(format string, v ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heard = fmt.Sprintf(format, v...)
}

func (e *ear) last() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard
}

// Fatalf notes it, too. The server goes on.
func (e *ear) Fatalf(format string, v ...any) { e.Errorf(format, v...) }

// Warnf, Noticef, Debugf and Tracef are of no interest.
func (e *ear) Warnf(string, ...any)   {}
func (e *ear) Noticef(string, ...any) {}
func (e *ear) Debugf(string, ...any)  {}
func (e *ear) Tracef(string, ...any)  {}
