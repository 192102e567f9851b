package launch

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/hub"
	"rentbell/store"
)

// receiving serves an office until the test ends.
func receiving(t *testing.T) (list *office.Roster, address string) {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	if list, err = office.OpenRoster(dir); err != nil {
		t.Fatal(err)
	}
	h, err := hub.New(hub.Config{Dir: dir, Key: key, Store: db, Encode: store.Encode, Roster: list, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() { h.Run(ctx, l) })
	t.Cleanup(func() {
		stop()
		serving.Wait()
		_ = db.Close() // the test has ended
	})
	return list, l.Addr().String()
}

func TestAWindowManagesItsOffice(t *testing.T) {
	list, address := receiving(t)
	o := quiet()
	o.Dir = t.TempDir()
	app, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.Close() }()
	ask := office.Ask{Do: office.AskInvite}
	if _, err := app.Manage(t.Context(), ask); !errors.Is(err, office.ErrNotJoined) {
		t.Errorf("without an office: %v", err)
	}
	code, err := list.Invite(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Join(t.Context(), core.Joining{Address: address, Code: code.String(), Name: "Front desk"}); err != nil {
		t.Fatal(err)
	}
	answer, err := app.Manage(t.Context(), ask)
	if err != nil || len(answer.Desks) != 1 || answer.Desks[0].Name != "Front desk" || !answer.Here(answer.Desks[0]) {
		t.Errorf("desks %+v, %v", answer.Desks, err)
	}
	if _, err := office.ParseCode(answer.Code); err != nil {
		t.Errorf("the code %q: %v", answer.Code, err)
	}
}
