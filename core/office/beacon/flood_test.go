package beacon

import (
	"context"
	"fmt"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/time/rate"
)

// flooded is a network on which a packet is always there.
type flooded struct {
	net.PacketConn // nothing else is asked of it

	next        func(n int) []byte
	ends        time.Time // zero: never
	read, wrote int
}

func (f *flooded) ReadFrom(packet []byte) (n int, from net.Addr, err error) {
	if !f.ends.IsZero() && time.Now().After(f.ends) {
		return 0, nil, os.ErrDeadlineExceeded
	}
	f.read++
	return copy(packet, f.next(f.read)), &net.UDPAddr{IP: net.IPv4(192, 168, 1, 9), Port: 40000}, nil
}

func (f *flooded) WriteTo(p []byte, _ net.Addr) (int, error) {
	f.wrote++
	return len(p), nil
}

func (f *flooded) SetReadDeadline(t time.Time) error {
	f.ends = t
	return nil
}

func TestAFloodOfQuestionsCostsLittle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asks := ask(t, about(service, dnsmessage.TypePTR))
		f := &flooded{next: func(int) []byte { return asks }}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		answer(ctx, f, frontDesk, rate.NewLimiter(perSecond, perSecond))
		if most := 11 * perSecond; f.read > most || f.wrote > most || f.wrote < perSecond {
			t.Errorf("in ten seconds it reads %d packets and sends %d", f.read, f.wrote)
		}
	})
}

func TestAFloodOfAnswersEndsTheLook(t *testing.T) {
	f := &flooded{next: func(n int) []byte {
		name := fmt.Sprintf("pc%d.local.", n)
		return told{instance: fmt.Sprintf("pc%d.%s", n, service), target: name, host: name, ip: [4]byte{10, 0, byte(n >> 8), byte(n)}, port: 4443}.pack(t)
	}}
	found, err := look(f)
	if err != nil || len(found) != mostFound || f.read > mostPackets || f.wrote != rounds {
		t.Errorf("it reads %d packets, sends %d and finds %d, %v", f.read, f.wrote, len(found), err)
	}
}

func TestQuestionsFromElsewhereAreNotAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asks := ask(t, about(service, dnsmessage.TypePTR))
		f := &abroad{flooded{next: func(int) []byte { return asks }}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		answer(ctx, f, frontDesk, rate.NewLimiter(perSecond, perSecond))
		if f.read == 0 || f.wrote > 0 {
			t.Errorf("of %d questions from the internet it answers %d", f.read, f.wrote)
		}
	})
}

// abroad is flooded from the internet.
type abroad struct{ flooded }

func (a *abroad) ReadFrom(packet []byte) (n int, from net.Addr, err error) {
	n, _, err = a.flooded.ReadFrom(packet)
	return n, &net.UDPAddr{IP: net.IPv4(203, 0, 113, 5), Port: 40000}, err
}
