package bell

import (
	"context"
	"errors"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

const (
	visitLimit = 30 * time.Second // for a desk that nothing follows to catch up
	patience   = 3 * time.Second  // with a receiver that does not answer: it may just start
)

// Visit follows the office for as long as use runs, in place of Run: for a command that
// needs the office's word. use is called once this desk has what the office has. Nothing
// rings here: the window tells what arrived meanwhile when it starts. The error is the Follower's, that of
// use, or wraps core.ErrOfficeAway where the office is out of reach.
func (b *Bell) Visit(ctx context.Context, use func() error) error {
	following, stop := context.WithCancel(ctx)
	defer stop()
	v := &visitor{officeDesk: officeDesk{b.Shared(), b}, heard: board.NewSignal(), agreed: board.NewSignal(), ended: make(chan struct{})}
	var err, followed error
	together(func() {
		defer close(v.ended)
		followed = b.cfg.Follower.Run(following, v)
	}, func() {
		defer stop()
		if err = v.wait(ctx); err == nil {
			err = use()
		}
	})
	if errors.Is(err, errFollowEnded) {
		return errors.Join(followed, ctx.Err())
	}
	return err
}

// errFollowEnded: the Follower has ended by itself, and says why.
var errFollowEnded = errors.New("the office is followed no more")

// visitor is the Bell of a desk that only looks in.
type visitor struct {
	officeDesk
	heard  board.Signal  // the status of the office has changed
	agreed board.Signal  // what is shared is the same here as in the office
	ended  chan struct{} // closed when the Follower has ended
}

func (v *visitor) Tell(o core.OfficeStatus) {
	v.officeDesk.Tell(o)
	v.heard.Nudge()
}

func (v *visitor) Agreed(written map[string]string) error {
	err := v.officeDesk.Agreed(written)
	if err == nil {
		v.agreed.Nudge()
	}
	return err
}

// wait waits until everything of the office is here.
func (v *visitor) wait(ctx context.Context) error {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for following, shared := false, false; ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-limit.C:
			return errors.Join(v.bell.Status().Office.Problem, core.ErrOfficeAway)
		case <-v.ended:
			return errFollowEnded
		case <-v.agreed:
			shared = true
		case <-v.heard:
		}
		switch o := v.bell.Status().Office; {
		case o.Following && o.Behind == 0 && shared:
			return nil
		case o.Following && !following:
			following = true
			limit.Reset(visitLimit)
		}
	}
}
