package desk

import (
	"context"
	"fmt"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
)

// glanceLimit bounds a glance: a health check waits for it.
const glanceLimit = 10 * time.Second

// Glance looks once how far this desk is behind the receiver, where nothing follows it.
// newest is the newest event here. Without a key, which the keychain may keep to itself, it
// only sees whether the receiver is there that the desk has joined: Heard stays zero. The
// Problem of what it returns is that of following.
func Glance(ctx context.Context, seat Seat, key nkeys.KeyPair, newest uint64) core.OfficeStatus {
	ctx, stop := context.WithTimeoutCause(ctx, glanceLimit, office.ErrUnreachable)
	defer stop()
	s := core.OfficeStatus{Name: seat.Name, Address: seat.Address, Receiver: seat.Receiver}
	if key == nil {
		s.Problem = knock(ctx, seat)
	} else {
		s.Problem = glance(ctx, seat, key, newest, &s)
	}
	return s
}

// knock connects with the receiver, and says nothing.
func knock(ctx context.Context, seat Seat) error {
	way := &way{ctx: ctx, seat: seat}
	conn, err := way.Dial("", "")
	if err != nil {
		return way.failed
	}
	_ = conn.Close() // the other end may have gone first
	return nil
}

func glance(ctx context.Context, seat Seat, key nkeys.KeyPair, newest uint64, s *core.OfficeStatus) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l, err := dial(ctx, seat, key, cancel)
	if err != nil {
		return err
	}
	defer l.conn.Close()
	stream, err := l.js.Stream(ctx, office.StreamEvents)
	if ended := context.Cause(ctx); ended != nil {
		return ended
	} else if err != nil {
		return fmt.Errorf("look at the stream: %w", err)
	}
	now, info := time.Now(), stream.CachedInfo()
	s.Heard, s.Skew = now, now.Sub(info.TimeStamp)
	s.Behind = max(info.State.LastSeq, newest) - newest
	return nil
}
