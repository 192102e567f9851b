package launch

import (
	"crypto/tls"
	"errors"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/desk"
	"rentbell/core/office/pair"
)

// pairing answers desks that want to join, until the test ends.
func pairing(t *testing.T) (list *office.Roster, address string) {
	t.Helper()
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := office.Certificate(key)
	if err != nil {
		t.Fatal(err)
	}
	if list, err = office.OpenRoster(t.TempDir()); err != nil {
		t.Fatal(err)
	}
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
			if own := conn.(*tls.Conn); own.HandshakeContext(t.Context()) == nil {
				_ = pair.Serve(t.Context(), own, list, time.Now, func(office.Desk) error { return nil }) // the desk is told, and the test asks it
			}
			_ = conn.Close() // it may have been closed by then
		}
	})
	t.Cleanup(func() {
		_ = l.Close() // it only ends the test
		serving.Wait()
	})
	return list, l.Addr().String()
}

func TestAWindowBecomesADeskAndLeaves(t *testing.T) {
	list, address := pairing(t)
	o := quiet()
	o.Dir = t.TempDir()
	app, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.Close() }()
	if _, _, err := app.store.Add(core.Event{ID: "evt_1", Type: "test", ReceivedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	// What an earlier office left behind says nothing about the event that is here.
	if err := desk.WriteSeat(t.Context(), o.Dir, desk.Seat{Name: "earlier", Epoch: "e", Filled: true}); err != nil {
		t.Fatal(err)
	}
	code, err := list.Invite(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	j := core.Joining{Address: address, Code: "7K3M9", Name: "Leasing desk"}
	if err := app.Join(t.Context(), j); !errors.Is(err, office.ErrCode) {
		t.Errorf("with half a code: %v", err)
	}
	j.Code = code.String()
	if err := app.Join(t.Context(), j); !errors.Is(err, office.ErrOwnEvents) || len(list.Desks()) > 0 || app.Bell.Settings().Kind != "" {
		t.Fatalf("with an event of its own: %v, desks %+v", err, list.Desks())
	}
	j.Aside = true
	if err := app.Join(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	seat, err := desk.ReadSeat(o.Dir)
	if err != nil || seat.Name != "Leasing desk" || seat.Address != address || seat.Filled || seat.Epoch != "" {
		t.Errorf("seat %+v, %v", seat, err)
	}
	if desks := list.Desks(); app.Bell.Settings().Kind != core.KindOffice || len(desks) != 1 {
		t.Errorf("kind %q, desks %+v", app.Bell.Settings().Kind, desks)
	}
	if err := app.Leave(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.ReadSeat(o.Dir); !errors.Is(err, office.ErrNotJoined) || app.Bell.Settings().Kind != "" {
		t.Errorf("after leaving: %v, kind %q", err, app.Bell.Settings().Kind)
	}
	if have, err := app.store.Summary(); err != nil || have.LastSeq != 1 {
		t.Errorf("after leaving there are %d events, %v", have.LastSeq, err)
	}
}

func TestAnOfficesUsualPortIsAdded(t *testing.T) {
	for typed, want := range map[string]string{
		"front-desk.local": "front-desk.local:4443", "192.168.1.20": "192.168.1.20:4443", "192.168.1.20:5000": "192.168.1.20:5000",
		"fe80::1": "[fe80::1]:4443", "[fe80::1]": "[fe80::1]:4443", "[fe80::1]:5000": "[fe80::1]:5000",
	} {
		if got := WithPort(typed); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}
