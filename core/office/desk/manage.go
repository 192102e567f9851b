package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
)

// wantedLimit is how long the answer may take when somebody waits for it.
const wantedLimit = 3 * time.Second

// Manage has the receiver do what a manager asks for, over a connection of its own. The
// error is office.ErrNoManager where this desk manages no office, office.ErrOwnDesk,
// office.ErrNoDesk, or one of following.
func Manage(ctx context.Context, seat Seat, key nkeys.KeyPair, ask office.Ask) (office.Answer, error) {
	return once(ctx, seat, key, office.SubjectManage, ask)
}

// Leave has the receiver take this desk off its list. The error is one of following.
func Leave(ctx context.Context, seat Seat, key nkeys.KeyPair) error {
	_, err := once(ctx, seat, key, office.SubjectOwn, office.Ask{Do: office.AskLeave})
	return err
}

// once asks on a subject of this desk's own, over a connection of its own.
func once(ctx context.Context, seat Seat, key nkeys.KeyPair, subject func(key string) string, ask office.Ask) (office.Answer, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l, err := dial(ctx, seat, key, cancel)
	if err != nil {
		return office.Answer{}, err
	}
	defer l.conn.Close()
	l.conn.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			cancel(office.ErrNoManager) // NATS answers no request that it does not allow
		}
	})
	text, err := json.Marshal(ask)
	if err != nil {
		return office.Answer{}, err
	}
	return l.question(ctx, subject(l.key), text)
}

// question asks the receiver.
func (l *line) question(ctx context.Context, subject string, text []byte) (answer office.Answer, err error) {
	limited, stop := context.WithTimeout(ctx, requestLimit)
	defer stop()
	m, err := l.conn.RequestWithContext(limited, subject, text)
	if ended := context.Cause(ctx); err != nil && ended != nil {
		return answer, ended
	} else if err != nil {
		return answer, fmt.Errorf("%w: %w", office.ErrUnreachable, err)
	}
	if err := json.Unmarshal(m.Data, &answer); err != nil {
		return answer, fmt.Errorf("read the receiver's answer: %w", err)
	}
	return answer, answer.Err()
}

// askOwn asks the receiver what this desk is in the office, and what holds there for all,
// and so whether the receiver is there. What is told next says it, too.
func (f *Follower) askOwn(ctx context.Context, l *line) error {
	answer, err := l.question(ctx, office.SubjectOwn(l.key), nil)
	if err != nil {
		return err
	}
	f.note(func(s *core.OfficeStatus) {
		s.Manager = len(answer.Desks) == 1 && answer.Desks[0].Manages()
		if facts := answer.Facts; facts != nil {
			s.Facts, s.ReadOnly = *facts, facts.LowestDesk > office.DeskVersion
		}
		s.Receiver = core.CleanName(answer.Receiver)
		if s.Receiver != f.seat.Receiver {
			f.seat.Receiver = s.Receiver
			err = f.cfg.Keep(f.seat)
		}
	})
	return err
}

// askWhenWanted asks the receiver at once, whenever somebody wants that, until ctx ends. It
// ends a connection over which no answer comes: one that the computer has slept through
// looks whole for a while.
func (f *Follower) askWhenWanted(ctx context.Context, l *line) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-f.cfg.Desk.Wake():
		}
		limited, stop := context.WithTimeoutCause(ctx, wantedLimit, office.ErrUnreachable)
		err := f.askOwn(limited, l)
		stop()
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			l.conn.Close()
			return
		}
		f.tell(func(s *core.OfficeStatus) { s.Heard = f.cfg.Now() })
	}
}
