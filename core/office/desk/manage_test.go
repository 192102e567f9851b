package desk_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/desk"
	"rentbell/core/office/hub"
)

// manage asks the receiver.
func (l *laptop) manage(ask office.Ask) (office.Answer, error) {
	return desk.Manage(l.t.Context(), l.seat, l.key, ask)
}

func TestAManagerManagesTheOfficeFromItsDesk(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	manager, other := r.join("Front desk"), r.join("Home")
	r.add(1, 3)
	manager.has(r, 3)
	other.has(r, 3)
	manager.await("manages", func(s core.OfficeStatus) bool { return s.Manager })
	invited, err := manager.manage(office.Ask{Do: office.AskInvite})
	if err != nil || time.Until(invited.Until) <= 9*time.Minute {
		t.Fatalf("a code until %v, %v", invited.Until, err)
	}
	code, err := office.ParseCode(invited.Code)
	if err != nil {
		t.Fatal(err)
	}
	proves := func(v office.Verifier) bool { return string(code.Verifier(v.Salt).Key) == string(v.Key) }
	if _, _, err := r.roster.Admit(t.Context(), time.Now(), office.Desk{Name: "Leasing", Key: "x"}, proves); err != nil {
		t.Errorf("its code: %v", err)
	}
	if _, err := manager.manage(office.Ask{Do: office.AskRole, Name: "Leasing", Manager: true}); err != nil {
		t.Errorf("another manager: %v", err)
	}
	if _, err := manager.manage(office.Ask{Do: office.AskRevoke, Name: "Home"}); err != nil {
		t.Errorf("removes a desk: %v", err)
	}
	other.await("removed", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrRevoked) })
	answer, err := manager.manage(office.Ask{Do: office.AskDesks})
	if err != nil || !answer.Until.IsZero() || answer.Receiver != "Front office" || answer.Newest != 3 {
		t.Errorf("the code that was used counts until %v; %q has %d events; %v", answer.Until, answer.Receiver, answer.Newest, err)
	}
	if d := answer.Desks; !answer.Here(d[0]) || answer.Here(d[1]) || answer.Here(d[2]) || d[0].Seq != 3 {
		t.Errorf("here at %v: %+v", answer.At, d)
	}
	is := func(d office.Desk, name string, manages, revoked bool) bool {
		return d.Name == name && d.Manager == manages && d.Revoked == revoked
	}
	if d := answer.Desks; len(d) != 3 || !is(d[0], "Front desk", true, false) || !is(d[1], "Home", false, true) || !is(d[2], "Leasing", true, false) || d[0].LastSeen.IsZero() {
		t.Errorf("desks: %+v", d)
	}
	for _, tt := range []struct {
		ask  office.Ask
		want error
	}{
		{office.Ask{Do: office.AskRevoke, Name: "Front desk"}, office.ErrOwnDesk},
		{office.Ask{Do: office.AskRole, Name: "Front desk"}, office.ErrOwnDesk},
		{office.Ask{Do: office.AskRevoke, Name: "Nobody"}, office.ErrNoDesk},
		{office.Ask{Do: office.AskRole, Name: "Home", Manager: true}, office.ErrNoDesk},
	} {
		if _, err := manager.manage(tt.ask); !errors.Is(err, tt.want) {
			t.Errorf("%+v: %v, want %v", tt.ask, err, tt.want)
		}
	}
	if _, err := manager.manage(office.Ask{Do: "burn"}); err == nil {
		t.Error("what nobody knows is done")
	}
	r.add(4, 5)
	manager.has(r, 5)
}

func TestADeskThatLeavesIsOnTheListNoMore(t *testing.T) {
	r := newReceiver(t)
	manager, other := r.join("Front desk"), r.join("Home")
	r.add(1, 3)
	manager.has(r, 3)
	other.has(r, 3)
	if err := desk.Leave(t.Context(), manager.seat, manager.key); err != nil {
		t.Fatal(err)
	}
	if d := r.roster.Desks(); len(d) != 1 || d[0].Name != "Home" {
		t.Errorf("desks: %+v", d)
	}
	manager.await("cut off", func(s core.OfficeStatus) bool { return errors.Is(s.Problem, office.ErrRevoked) })
	if err := desk.Leave(t.Context(), manager.seat, manager.key); !errors.Is(err, office.ErrRevoked) {
		t.Errorf("it left twice: %v", err)
	}
	r.add(4, 5)
	other.has(r, 5)
	again := r.enrol("Front desk", manager.dir)
	if d := r.roster.Desks(); len(d) != 2 || d[1].Name != "Front desk" || !d[1].Manager {
		t.Errorf("nobody managed the office when it came back: %+v", d)
	}
	if err := desk.Leave(t.Context(), again.seat, again.key); err != nil {
		t.Error(err)
	}
}

func TestADeskLeavesAnOfficeThatDoesNotAnswerSoon(t *testing.T) {
	r := newReceiver(t)
	way := &hole{to: r.addr}
	l := r.enrol("Front desk", t.TempDir())
	l.seat.Address = way.open(t)
	way.cut.Store(true)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := desk.Leave(ctx, l.seat, l.key); !errors.Is(err, office.ErrUnreachable) || time.Since(began) > 4*time.Second {
		t.Errorf("after %v: %v", time.Since(began), err)
	}
}

func TestAManagerEndsACode(t *testing.T) {
	r := newReceiver(t)
	manager := r.join("Front desk")
	r.add(1, 1)
	manager.has(r, 1)
	if _, err := manager.manage(office.Ask{Do: office.AskStop}); err != nil {
		t.Errorf("without a code: %v", err)
	}
	if a, err := manager.manage(office.Ask{Do: office.AskInvite}); err != nil || a.Until.IsZero() {
		t.Fatalf("a code until %v, %v", a.Until, err)
	}
	if a, err := manager.manage(office.Ask{Do: office.AskStop}); err != nil || !a.Until.IsZero() {
		t.Errorf("after its end it counts until %v, %v", a.Until, err)
	}
	if _, err := r.roster.Salt(time.Now()); !errors.Is(err, office.ErrCodeUsed) {
		t.Errorf("a desk that has the code: %v", err)
	}
}

func TestADeskKnowsTheReceiversNameAlsoWhileItIsAway(t *testing.T) {
	r := newReceiver(t)
	l := r.join("Front desk")
	named := func(s core.OfficeStatus) bool { return s.Receiver == "Front office" }
	l.await("the receiver's name", named)
	l.stop()
	r.stop()
	l.start()
	l.await("the name of one that is away", func(s core.OfficeStatus) bool { return s.Problem != nil && named(s) })
}

func TestADeskWithoutTheRoleManagesNothing(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	manager, worker := r.join("Front desk"), r.join("Home")
	r.add(1, 3)
	manager.has(r, 3)
	worker.has(r, 3)
	before := r.roster.Desks()
	for _, do := range []string{office.AskDesks, office.AskInvite, office.AskRevoke, office.AskRole, office.AskKeep} {
		if _, err := worker.manage(office.Ask{Do: do, Name: "Front desk"}); !errors.Is(err, office.ErrNoManager) {
			t.Errorf("%s: %v", do, err)
		}
	}
	conn := worker.speak() // a desk that has been taken over speaks for the manager
	key, err := manager.key.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	if m, err := conn.Request(office.SubjectManage(key), []byte(`{"do":"invite"}`), time.Second/4); err == nil {
		t.Errorf("it is taken for the manager: %s", m.Data)
	}
	same := func(a, b office.Desk) bool {
		return a.Name == b.Name && a.Revoked == b.Revoked && a.Manager == b.Manager
	}
	if !slices.EqualFunc(r.roster.Desks(), before, same) || !r.roster.Invited(time.Now()).IsZero() {
		t.Errorf("the office is changed: %+v", r.roster.Desks())
	}
}

func TestARoleCountsAtOnce(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	one, two := r.join("Front desk"), r.join("Home")
	r.add(1, 3)
	two.has(r, 3)
	list := office.Ask{Do: office.AskDesks}
	if _, err := one.manage(office.Ask{Do: office.AskRole, Name: "Home", Manager: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := two.manage(list); err != nil {
		t.Errorf("the new manager: %v", err)
	}
	if _, err := two.manage(office.Ask{Do: office.AskRole, Name: "Front desk"}); err != nil {
		t.Fatal(err)
	}
	if _, err := one.manage(list); !errors.Is(err, office.ErrNoManager) {
		t.Errorf("who was the manager: %v", err)
	}
	r.add(4, 5)
	one.has(r, 5)
	two.has(r, 5)
}

func TestAManagerSaysForHowLongRecordsAreKept(t *testing.T) {
	t.Parallel()
	var years atomic.Int64
	r := newReceiverIn(t, t.TempDir(), func(c *hub.Config) {
		c.KeepYears = func() int { return int(years.Load()) }
		c.KeepFor = func(_ context.Context, n int) error {
			if n > core.MostYears {
				return core.ErrBadYears
			}
			years.Store(int64(n))
			return nil
		}
	})
	manager, worker := r.join("Front desk"), r.join("Home")
	r.add(1, 3)
	manager.has(r, 3)
	worker.has(r, 3)
	if _, err := worker.manage(office.Ask{Do: office.AskKeep, Years: 1}); !errors.Is(err, office.ErrNoManager) {
		t.Errorf("a desk that does not manage: %v", err)
	}
	if _, err := manager.manage(office.Ask{Do: office.AskKeep, Years: core.MostYears + 1}); err == nil || years.Load() != 0 {
		t.Errorf("too long: %v, %d years", err, years.Load())
	}
	if _, err := manager.manage(office.Ask{Do: office.AskKeep, Years: 7}); err != nil || years.Load() != 7 {
		t.Errorf("seven years: %v, %d years", err, years.Load())
	}
}
