package desk

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
)

const (
	atOnce      = 256              // events in one transaction
	quiet       = 10 * time.Second // of the stream, until the receiver is asked whether it is there
	pullFor     = 30 * time.Second
	heartbeat   = 5 * time.Second  // of JetStream; after two that are missing the stream is asked anew
	deskIsGone  = 30 * time.Second // after that JetStream forgets the consumer
	newestReads = office.RecordVersion
)

// Errors of following.
var (
	errEpoch   = errors.New("another file is behind the office")
	errMissing = errors.New("events that this desk lacks are no longer in the stream")
)

// follow connects, fetches everything where that is needed, and keeps what comes until the
// connection ends.
func (f *Follower) follow(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	l, err := dial(ctx, f.cfg.Seat, f.cfg.Key, cancel)
	if err != nil {
		return err
	}
	defer l.conn.Close()
	defer context.AfterFunc(ctx, l.conn.Close)() // nothing waits for an answer any more
	// It asks before it takes a snapshot: what was deleted from the receiver's file of
	// before stays in a snapshot of this one.
	if err := f.askOwn(ctx, l); err != nil {
		return err
	}
	epoch, err := l.epoch(ctx)
	if err == nil && epoch != f.seat.Epoch {
		err = f.begin(ctx, l, epoch)
	}
	if err == nil {
		err = f.stay(ctx, l)
	}
	if errors.Is(err, errMissing) {
		if err = f.begin(ctx, l, epoch); err == nil {
			err = f.stay(ctx, l)
		}
	}
	if ended := context.Cause(ctx); ended != nil {
		return ended
	}
	if l.conn.IsClosed() { // and has not said so yet
		return cause(l.conn.LastError())
	}
	return err
}

// stay takes what comes, shares what is no event, and asks when somebody wants it.
func (f *Follower) stay(ctx context.Context, l *line) error {
	f.share.Restrict(f.state.ReadOnly)
	besides, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer beside.Wait()
	defer stop()
	beside.Go(func() { f.sharing(besides, l) })
	beside.Go(func() { f.askWhenWanted(besides, l) })
	return f.take(ctx, l)
}

// sharing shares what is no event, for as long as the connection holds.
func (f *Follower) sharing(ctx context.Context, l *line) {
	for ctx.Err() == nil && l.conn.IsConnected() {
		if err := f.share.Run(ctx, l.js); err != nil && ctx.Err() == nil {
			f.cfg.Log.Warn("names and exports are not shared; it is tried again", "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(firstPause):
			}
		}
	}
}

// epoch is the receiver's.
func (l *line) epoch(ctx context.Context) (string, error) {
	bucket, err := l.js.KeyValue(ctx, office.BucketOffice)
	if err != nil {
		return "", fmt.Errorf("look at the office: %w", err)
	}
	entry, err := bucket.Get(ctx, office.KeyEpoch)
	if err != nil {
		return "", fmt.Errorf("look at the office's epoch: %w", err)
	}
	return string(entry.Value()), nil
}

// take keeps what the stream has after the newest event here, as it comes.
func (f *Follower) take(ctx context.Context, l *line) error {
	have, err := f.cfg.Desk.Summary()
	if err != nil {
		return fmt.Errorf("read the newest event: %w", err)
	}
	cursor := have.LastSeq
	consumer, stream, err := l.consumer(ctx, f.seat.Epoch, cursor)
	if err != nil {
		return err
	}
	f.note(func(s *core.OfficeStatus) { s.Skew = f.cfg.Now().Sub(stream.TimeStamp) })
	behind := max(stream.State.LastSeq, cursor) - cursor
	f.hear(behind)
	f.cfg.Log.Info("the office is followed", "after", cursor, "behind", behind)
	messages, err := consumer.Messages(jetstream.PullMaxMessages(atOnce), jetstream.PullExpiry(pullFor), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return fmt.Errorf("follow the stream: %w", err)
	}
	defer messages.Stop()
	stop := context.AfterFunc(ctx, messages.Stop)
	defer stop()
	for {
		events, left, failed := f.gather(messages, cursor)
		if len(events) > 0 {
			if err := f.cfg.Desk.Copy(events); err != nil {
				return fmt.Errorf("keep events of the office: %w", err)
			}
		} else if failed == nil { // the stream keeps quiet; does the receiver, too?
			if err := f.askOwn(ctx, l); err != nil {
				return err
			}
		}
		if failed != nil {
			return failed
		}
		cursor += uint64(len(events))
		f.hear(left)
	}
}

// hear notes that the receiver is there, and how many events it has that are not here yet.
func (f *Follower) hear(behind uint64) {
	now := f.cfg.Now()
	if f.since.IsZero() {
		f.since = now
	}
	f.tell(func(s *core.OfficeStatus) {
		s.Following, s.Heard, s.Behind, s.Loading, s.Problem = true, now, behind, false, nil
	})
}

// consumer reads the stream from behind the cursor, also where the stream is not so far yet:
// a snapshot has what the receiver is still publishing. It is named by the desk's key, by
// which the receiver knows how far the desk is.
func (l *line) consumer(ctx context.Context, epoch string, cursor uint64) (c jetstream.Consumer, info *jetstream.StreamInfo, err error) {
	stream, err := l.js.Stream(ctx, office.StreamEvents)
	if err != nil {
		return nil, nil, fmt.Errorf("look at the stream: %w", err)
	}
	info = stream.CachedInfo()
	if info.State.FirstSeq > cursor+1 {
		return nil, nil, errMissing
	}
	_ = stream.DeleteConsumer(ctx, l.key) // of an earlier connection; as a rule there is none
	c, err = stream.CreateConsumer(ctx, jetstream.ConsumerConfig{
		Name: l.key, FilterSubject: office.SubjectOf(epoch), AckPolicy: jetstream.AckNonePolicy, MemoryStorage: true,
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: cursor + 1, InactiveThreshold: deskIsGone,
	})
	if err != nil {
		return nil, nil, fmt.Errorf("follow the stream: %w", err)
	}
	return c, info, nil
}

// gather waits for events and returns those that are there, in order behind the cursor.
// left is how many more the stream has. Without any for a while it returns none. Beside an
// error it returns those that came before it.
func (f *Follower) gather(messages jetstream.MessagesContext, cursor uint64) (events []core.Event, left uint64, err error) {
	for len(events) < atOnce {
		m, err := messages.Next(jetstream.NextMaxWait(quiet))
		if errors.Is(err, nats.ErrTimeout) {
			return events, left, nil
		} else if err != nil {
			return events, 0, fmt.Errorf("wait for events: %w", err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return events, 0, fmt.Errorf("read an event's number: %w", err)
		}
		left = meta.NumPending
		switch seq := meta.Sequence.Stream; {
		case seq <= cursor:
		case seq != cursor+1+uint64(len(events)):
			return events, 0, errMissing
		default:
			e, err := f.decode(seq, m)
			if err != nil {
				return events, 0, err
			}
			events = append(events, e)
		}
		if left == 0 {
			break
		}
	}
	return events, left, nil
}

func (f *Follower) decode(seq uint64, m jetstream.Msg) (core.Event, error) {
	if version, err := strconv.Atoi(m.Headers().Get(office.HeaderRecord)); err != nil || version > newestReads {
		return core.Event{}, office.ErrTooNew
	}
	e, err := f.cfg.Decode(seq, m.Data())
	if err != nil {
		return core.Event{}, fmt.Errorf("read an event of the office: %w", err)
	}
	return e, nil
}
