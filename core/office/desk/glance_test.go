package desk_test

import (
	"errors"
	"testing"

	"rentbell/core/office"
	"rentbell/core/office/desk"
)

func TestAGlanceSaysHowFarADeskIsThatNothingFollows(t *testing.T) {
	r := newReceiver(t)
	l, other := r.join("Front desk"), r.join("Home")
	r.add(1, 3)
	l.has(r, 3)
	l.stop()
	r.add(4, 8)
	other.has(r, 8)
	s := desk.Glance(t.Context(), l.seat, l.key, 3)
	if s.Problem != nil || s.Behind != 5 || s.Heard.IsZero() || s.Following || s.Name != "Front desk" || s.Address != r.addr {
		t.Errorf("it sees %+v", s)
	}
	if s := desk.Glance(t.Context(), l.seat, l.key, 8); s.Problem != nil || s.Behind != 0 {
		t.Errorf("with all events it sees %+v", s)
	}
	if s := desk.Glance(t.Context(), l.seat, nil, 3); s.Problem != nil || !s.Heard.IsZero() || s.Behind != 0 {
		t.Errorf("without a key it sees %+v", s)
	}
	moved := l.seat
	moved.Pin[0]++
	if s := desk.Glance(t.Context(), moved, l.key, 3); !errors.Is(s.Problem, office.ErrStranger) {
		t.Errorf("of a stranger it sees %+v", s)
	}
	if s := desk.Glance(t.Context(), moved, nil, 3); !errors.Is(s.Problem, office.ErrStranger) {
		t.Errorf("of a stranger, without a key, it sees %+v", s)
	}
	if _, err := r.roster.Revoke(t.Context(), "Front desk"); err != nil {
		t.Fatal(err)
	}
	if err := r.hub.Admit(); err != nil {
		t.Fatal(err)
	}
	if s := desk.Glance(t.Context(), l.seat, l.key, 3); !errors.Is(s.Problem, office.ErrRevoked) {
		t.Errorf("after it was removed it sees %+v", s)
	}
	r.stop()
	if s := desk.Glance(t.Context(), l.seat, l.key, 3); !errors.Is(s.Problem, office.ErrUnreachable) || !s.Heard.IsZero() {
		t.Errorf("of no receiver it sees %+v", s)
	}
}
