package settings

import (
	"context"
	"errors"
	"time"

	"rentbell/core/office"
	"rentbell/ui/frame"
)

// Office makes this computer a desk of an office, ends that, and manages the office. Its
// methods use disk and network.
type Office interface {
	frame.Office
	// Manage has the receiver do what a manager asks for.
	Manage(ctx context.Context, ask office.Ask) (office.Answer, error)
}

// renewEvery is how often a manager's page asks how the office is.
const renewEvery = 5 * time.Second

// managing is what this desk knows of the office that it manages. The receiver's times are
// by the receiver's clock, which may be far from this computer's.
type managing struct {
	answer office.Answer // the newest; zero: none has come
	came   time.Time     // when it came, by this computer's clock
	lost   error         // why nothing newer has come; nil: it is the newest
	code   string        // that was made here last; empty: none was, or it was stopped
	until  time.Time     // when it ends, by the receiver's clock

	asked       time.Time // when the receiver was asked last
	waiting     int       // asks that are not answered yet
	turn, shown int       // the number of the last ask, and of the one that answer is of
}

// manages reports whether the page shows the cards of a manager.
func (w *tasks) manages(p State) bool {
	return w.Office != nil && p.Status.Office.Manager && w.member(p)
}

// manage asks the receiver in the background, shows its answer, and then calls done.
func (w *tasks) manage(ask office.Ask, done func(error)) {
	m := &w.managing
	m.turn, m.waiting, m.asked = m.turn+1, m.waiting+1, w.Now()
	turn := m.turn
	frame.Background(w.Post, func(ctx context.Context) (office.Answer, error) {
		return w.Office.Manage(ctx, ask)
	}, func(a office.Answer, err error) {
		m.waiting--
		m.take(turn, a, err, w.Now())
		if errors.Is(err, office.ErrNoManager) {
			w.Bell.Reconnect() // the status then says what this desk may do
		}
		done(err)
		w.view.repaint()
	})
}

// take keeps an answer, unless that to a later ask is here already.
func (m *managing) take(turn int, a office.Answer, err error, now time.Time) {
	if turn < m.shown {
		return
	}
	m.shown, m.lost = turn, err
	if err != nil {
		return
	}
	m.answer, m.came = a, now
	if a.Code != "" {
		m.code, m.until = a.Code, a.Until
	}
}

// forget forgets an office that this desk does not manage any more.
func (m *managing) forget() {
	*m = managing{waiting: m.waiting, turn: m.turn, shown: m.turn + 1}
}

// due reports whether the office is to be asked how it is.
func (m *managing) due(now time.Time) bool {
	since := now.Sub(m.asked)
	return m.waiting == 0 && (since >= renewEvery || since < 0) // the clock may have been put back
}

// local is a time of the receiver by this computer's clock.
func (m *managing) local(t time.Time) time.Time { return t.Add(m.came.Sub(m.answer.At)) }

// left is for how long the code in force counts; 0: none is.
func (m *managing) left(now time.Time) time.Duration {
	if m.answer.Until.IsZero() {
		return 0
	}
	return max(0, m.local(m.answer.Until).Sub(now))
}

// own reports whether the code in force is the one that was made here.
func (m *managing) own() bool { return m.code != "" && m.until.Equal(m.answer.Until) }

// renewOffice asks how the office is, if the page shows that and it is time.
func (v *View) renewOffice() {
	w, p := v.tasks, v.desks.page
	switch {
	case !w.manages(p):
		w.managing.forget()
	case v.tab == OfficeTab && w.managing.due(w.Now()):
		w.manage(office.Ask{Do: office.AskDesks}, func(error) {})
	}
}

// Counts is how often Show is to be called because of what the visible tab shows; 0: it
// need not.
func (v *View) Counts() time.Duration {
	w := v.tasks
	switch left := w.managing.left(w.Now()); {
	case v.tab != OfficeTab || !v.shown || !w.manages(v.desks.page):
		return 0
	case left > 0 && left <= time.Minute+renewEvery: // the code's seconds are counted
		return time.Second
	}
	return renewEvery
}
