package pair_test

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core/office"
	"rentbell/core/office/pair"
)

// receiver answers desks that want to join.
type receiver struct {
	*office.Roster
	address string
	cert    tls.Certificate
}

// newReceiver listens until the test ends.
func newReceiver(t *testing.T) *receiver {
	t.Helper()
	list, err := office.OpenRoster(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &receiver{Roster: list, cert: newCertificate(t)}
	l := listen(t, r.cert, func(conn *tls.Conn) {
		_ = pair.Serve(t.Context(), conn, list, time.Now, func(office.Desk) error { return nil }) // the desk is told, and the test asks it
	})
	r.address = l
	return r
}

func newCertificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := office.Certificate(key)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

// listen serves connections whose handshake is done, until the test ends.
func listen(t *testing.T, cert tls.Certificate, serve func(*tls.Conn)) (address string) {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS13, NextProtos: []string{office.ProtocolPair}})
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() {
				if own := conn.(*tls.Conn); own.HandshakeContext(t.Context()) == nil {
					serve(own)
				}
				_ = conn.Close() // it may have been closed by the server
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close() // it only ends the test
		serving.Wait()
	})
	return l.Addr().String()
}

func newKey(t *testing.T) string {
	t.Helper()
	pair, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	key, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (r *receiver) invite(t *testing.T) office.Code {
	t.Helper()
	code, err := r.Invite(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestADeskJoinsByItsCodeAndKnowsTheReceiver(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	code, key := r.invite(t), newKey(t)
	joined, err := pair.Join(t.Context(), r.address, code, "Front desk", key)
	if err != nil || joined.Name != "Front desk" || joined.Pin != pinOf(r.cert) {
		t.Fatalf("joined %+v, %v", joined, err)
	}
	if desks := r.Desks(); len(desks) != 1 || desks[0].Key != key {
		t.Errorf("desks %+v", desks)
	}
	if _, err := pair.Join(t.Context(), r.address, code, "Another", newKey(t)); !errors.Is(err, office.ErrCodeUsed) {
		t.Errorf("the code again: %v", err)
	}
}

func TestWrongCodesAreCounted(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	code := r.invite(t)
	_, err := pair.Join(t.Context(), r.address, office.NewCode(), "Stranger", newKey(t))
	if wrong := (*office.WrongCode)(nil); !errors.As(err, &wrong) || wrong.Left != 4 {
		t.Errorf("%v, want 4 tries left", err)
	}
	for range 4 {
		_, _, _ = r.Admit(t.Context(), time.Now(), office.Desk{}, func(office.Verifier) bool { return false })
	}
	if _, err := pair.Join(t.Context(), r.address, code, "Front desk", newKey(t)); !errors.Is(err, office.ErrCodeUsed) {
		t.Errorf("the right code: %v", err)
	}
	if len(r.Desks()) > 0 {
		t.Errorf("desks %+v", r.Desks())
	}
}

// Whoever stands between the two passes every byte on, and decrypts in the middle.
func TestWhoStandsBetweenGetsNothing(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	code := r.invite(t)
	middle := listen(t, newCertificate(t), func(desk *tls.Conn) {
		conn, err := tls.Dial("tcp", r.address, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{office.ProtocolPair}})
		if err != nil {
			return
		}
		var passing sync.WaitGroup
		for _, way := range [][2]net.Conn{{desk, conn}, {conn, desk}} {
			passing.Go(func() {
				_, _ = io.Copy(way[0], way[1])
				_ = way[0].Close()
			})
		}
		passing.Wait()
	})
	_, err := pair.Join(t.Context(), middle, code, "Front desk", newKey(t))
	if wrong := (*office.WrongCode)(nil); !errors.As(err, &wrong) {
		t.Errorf("joined through the middle: %v", err)
	}
	if len(r.Desks()) > 0 {
		t.Errorf("desks %+v", r.Desks())
	}
}

func TestAStrangerInTheReceiversPlaceIsFoundOut(t *testing.T) {
	t.Parallel()
	answers := map[string]string{
		"who does not know the code":   `{"salt":"AAAAAAAAAAAAAAAAAAAAAA=="}` + "\n" + `{"name":"x","proof":"AAAA"}` + "\n",
		"who speaks something else":    "HTTP/1.1 400 Bad Request\r\n\r\n",
		"who says nothing":             "",
		"who does not stop":            string(make([]byte, 1<<20)),
		"who sends more than a letter": `{"salt":"` + string(make([]byte, 8<<10)),
	}
	for name, answer := range answers {
		address := listen(t, newCertificate(t), func(conn *tls.Conn) { _, _ = io.WriteString(conn, answer) })
		if _, err := pair.Join(t.Context(), address, office.NewCode(), "Front desk", newKey(t)); !errors.Is(err, office.ErrStranger) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	silent := listen(t, newCertificate(t), func(conn *tls.Conn) { _, _ = io.Copy(io.Discard, conn) })
	if _, err := pair.Join(ctx, silent, office.NewCode(), "Front desk", newKey(t)); !errors.Is(err, office.ErrUnreachable) {
		t.Errorf("who keeps quiet: %v", err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close() // nobody is to answer there
	if _, err := pair.Join(t.Context(), l.Addr().String(), office.NewCode(), "Front desk", newKey(t)); !errors.Is(err, office.ErrUnreachable) {
		t.Errorf("nobody: %v", err)
	}
}

func TestAReceiverTakesNothingElse(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	r.invite(t)
	for _, line := range []string{"\n", "{}\n", `{"key":"UA","proof":"AAAA"}` + "\n", "GET / HTTP/1.1\r\n\r\n", string(make([]byte, 64<<10))} {
		conn, err := tls.Dial("tcp", r.address, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{office.ProtocolPair}})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, line)
		_, _ = io.Copy(io.Discard, conn) // until it hangs up
		_ = conn.Close()                 // the receiver has hung up
	}
	if len(r.Desks()) > 0 {
		t.Errorf("desks %+v", r.Desks())
	}
	if _, err := r.Salt(time.Now()); err != nil {
		t.Errorf("the code does not count any more: %v", err)
	}
}

func pinOf(c tls.Certificate) [sha256.Size]byte { return office.PinOf(c.Leaf) }
