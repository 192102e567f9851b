package desk_test

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/shared"
)

func TestAClusterKeepsTheStreamOfAnOffice(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 3)
	r := c.office()
	r.add(1, 300)
	l, other := r.join("Front desk"), r.join("Home")
	l.has(r, 300)
	r.add(301, 305)
	l.has(r, 305)
	streams := c.jetStream().ListStreams(t.Context())
	n := 0
	for s := range streams.Info() {
		if n++; s.Config.Replicas != 3 {
			t.Errorf("%s has %d copies", s.Config.Name, s.Config.Replicas)
		}
	}
	if n != 7 || streams.Err() != nil {
		t.Errorf("%d streams, %v", n, streams.Err())
	}
	if _, err := os.Stat(filepath.Join(r.dir, "office")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder of JetStream is here: %v", err)
	}
	for _, row := range r.hub.Checks() {
		if row.State != core.CheckGood || row.Name == core.CheckOfficeCluster && row.Good != 3 {
			t.Errorf("health check: %+v", row)
		}
	}
	t.Run("of two desks one exports", func(t *testing.T) { oneClaims(t, r, l, other) })
	l.stop()
	t.Run("a desk may not do more than without a cluster", func(t *testing.T) { mayNothingMore(t, l) })
	t.Run("the cluster asks the receiver nothing", func(t *testing.T) { asksNothing(t, c.member(), l) })
	r.add(306, 307)
	l.start()
	l.has(r, 307)
}

// oneClaims has two desks export at a time.
func oneClaims(t *testing.T, r *receiver, desks ...*laptop) {
	var won, lost int
	for _, l := range desks {
		l.has(r, 305)
		claims := shared.NewClaims(l.seat.Name, slog.New(slog.DiscardHandler))
		if err := claims.Join(t.Context(), l.jetStream(5*time.Second), nil); err != nil {
			t.Fatal(err)
		}
		_, err := claims.Claim(t.Context(), core.FormatQuickBooks, false)
		var other *core.ClaimedError
		switch {
		case err == nil:
			won++
		case errors.As(err, &other) && other.By == desks[0].seat.Name:
			lost++
		default:
			t.Error(err)
		}
	}
	if won != 1 || lost != 1 {
		t.Errorf("%d have the claim, %d are told of it", won, lost)
	}
}

// mayNothingMore tries what a desk could do by the names that subjects have in the cluster.
func mayNothingMore(t *testing.T, l *laptop) {
	conn, js := l.speak(), l.jetStream(time.Second/4)
	for what, try := range map[string]func() error{
		"forges an event":    func() error { _, err := js.Publish(t.Context(), "event.x", []byte("x")); return err },
		"deletes the stream": func() error { return js.DeleteStream(t.Context(), office.StreamEvents) },
		"deletes it by its other name": func() error {
			_, err := conn.Request("$JS.main.API.STREAM.DELETE."+office.StreamEvents, nil, time.Second/4)
			return err
		},
		"makes a stream": func() error { _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "X"}); return err },
		"changes the epoch": func() error {
			_, err := conn.Request("$KV."+office.BucketOffice+"."+office.KeyEpoch, []byte("x"), time.Second/4)
			return err
		},
		"changes it by its other name": func() error {
			_, err := conn.Request("$JS.main.API.$KV."+office.BucketOffice+"."+office.KeyEpoch, []byte("x"), time.Second/4)
			return err
		},
		"listens to the cluster": func() error {
			sub, err := conn.SubscribeSync(">")
			if err != nil {
				return err
			}
			_, err = sub.NextMsg(time.Second / 4)
			return err
		},
	} {
		if try() == nil {
			t.Errorf("a desk %s", what)
		}
	}
}

// asksNothing has somebody in the cluster ask what only desks may ask.
func asksNothing(t *testing.T, member *nats.Conn, l *laptop) {
	key, err := l.key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{office.SubjectSnapshot, office.SubjectOwn(key), office.SubjectManage(key)} {
		if _, err := member.Request(subject, nil, 5*time.Second); !errors.Is(err, nats.ErrNoResponders) {
			t.Errorf("%s: %v", subject, err)
		}
	}
}

func TestAnOfficeGoesOnWhenTheServerThatLeadsIsGone(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 3)
	r := c.office()
	l := r.join("Front desk")
	r.add(1, 50)
	l.has(r, 50)
	c.kill(c.leader())
	r.add(51, 80)
	l.has(r, 80)
}

func TestEventsAreKeptWhileTheClusterIsAwayAndComeWhenItIsBack(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 1) // three take ten seconds to agree again
	r := c.office()
	l := r.join("Front desk")
	r.add(1, 20)
	l.has(r, 20)
	c.kill(0)
	began := time.Now()
	r.add(21, 40) // deliveries wait for nobody
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("20 deliveries took %v", took)
	}
	l.await("out of reach", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrUnreachable) })
	c.start(0)
	l.has(r, 40)
}

func TestAStreamThatTheClusterLostIsPublishedAgain(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 1)
	r := c.office()
	l := r.join("Front desk")
	r.add(1, 50)
	l.has(r, 50)
	if err := c.jetStream().DeleteStream(t.Context(), office.StreamEvents); err != nil {
		t.Fatal(err)
	}
	r.add(51, 60)
	l.has(r, 60)
	if row := r.hub.Checks()[1]; row.Good != 1 {
		t.Errorf("one server has %d copies", row.Good)
	}
}

func TestEventsThatSomebodyElseWroteAreClearedFromTheStream(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 1)
	r := c.office()
	l := r.join("Front desk")
	r.add(1, 5)
	l.has(r, 5)
	l.stop()
	if _, err := c.jetStream().Publish(t.Context(), office.SubjectOf("x"), []byte("no event")); err != nil {
		t.Fatal(err)
	}
	r.hub.Wake()
	r.stop()
	r.start()
	l.start()
	r.add(6, 9)
	l.has(r, 9)
}

func TestTwoOfficesDoNotShareAnAccount(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 1)
	first := c.office()
	first.add(1, 3)
	l := first.join("Front desk")
	l.has(first, 3)
	c.office()
	c.warns(office.ErrClusterTaken, "")
	first.add(4, 5)
	l.has(first, 5)
}

func TestAReceiverSaysWhyAClusterDoesNotTakeIt(t *testing.T) {
	t.Parallel()
	stranger, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := stranger.Seed()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		adjust func(*server.Options)
		change func(*cluster)
		want   error
		says   string
	}{
		{name: "another certificate", change: func(c *cluster) { c.certificate() }, want: office.ErrClusterAway, says: "x509"},
		{name: "not encrypted", adjust: func(o *server.Options) { o.LeafNode.TLSConfig = nil }, want: office.ErrClusterAway, says: "no TLS"},
		{name: "another key", change: func(c *cluster) { c.creds = core.KeptSecret(string(seed)) }, want: office.ErrClusterAway, says: "Authorization"},
		{name: "no domain", adjust: func(o *server.Options) { o.JetStreamDomain = "" }, want: office.ErrClusterDomain},
		{name: "small messages", adjust: func(o *server.Options) { o.MaxPayload = 1 << 20 }, want: office.ErrClusterSmall},
		{name: "nobody answers", change: func(c *cluster) { c.kill(0) }, want: office.ErrClusterAway, says: "refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			adjust := tt.adjust
			if adjust == nil {
				adjust = func(*server.Options) {}
			}
			c := newCluster(t, 1, adjust)
			if tt.change != nil {
				tt.change(c)
			}
			r := c.office()
			began := time.Now()
			r.add(1, 3)
			if took := time.Since(began); took > time.Second {
				t.Errorf("3 deliveries took %v", took)
			}
			c.warns(tt.want, tt.says)
		})
	}
}

// jetStream is the office's for somebody who has a desk's key.
func (l *laptop) jetStream(limit time.Duration) jetstream.JetStream {
	l.t.Helper()
	js, err := jetstream.New(l.speak(), jetstream.WithDefaultTimeout(limit))
	if err != nil {
		l.t.Fatal(err)
	}
	return js
}

func TestADeskIsRemovedFromAnOfficeInACluster(t *testing.T) {
	t.Parallel()
	c := newCluster(t, 1)
	r := c.office()
	l, other := r.join("Front desk"), r.join("Home")
	r.add(1, 5)
	l.has(r, 5)
	other.has(r, 5)
	if err := r.hub.Revoke(t.Context(), "Front desk"); err != nil {
		t.Fatal(err)
	}
	l.await("removed", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrRevoked) })
	r.add(6, 7)
	other.has(r, 7)
	if s, err := l.store.Summary(); err != nil || s.LastSeq != 5 {
		t.Errorf("the desk that was removed has %d, %v", s.LastSeq, err)
	}
}
