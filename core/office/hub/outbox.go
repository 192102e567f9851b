package hub

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"rentbell/core"
	"rentbell/core/office"
)

const (
	// atOnce is how many events are on their way to JetStream at a time.
	atOnce = 128
	// mostLate is how many events are published that desks lack, such as those of an office
	// that begins. JetStream syncs each; to fetch a snapshot takes less time than to wait.
	mostLate = 10_000
)

// publish copies what the store has and the stream has not, until ctx ends or JetStream
// fails. The stream itself says how far it is.
func (h *Hub) publish(ctx context.Context, e *engine, epoch string) error {
	last, err := h.published(ctx, e)
	if err != nil {
		return err
	}
	box := &outbox{hub: h, engine: e, epoch: epoch, last: core.Event{Seq: last}}
	for {
		if err := box.empty(ctx); err != nil {
			return err
		}
		h.note(func() { h.broken, h.sent = nil, box.last.Seq })
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-h.wake:
		}
	}
}

// published is the last event that the stream has; 0: none, and the stream begins anew. So it
// does when it has events that the store never had: somebody else in a cluster wrote them.
func (h *Hub) published(ctx context.Context, e *engine) (uint64, error) {
	last, err := e.ends(ctx)
	if err != nil {
		return 0, err
	}
	s, err := h.cfg.Store.Summary()
	if err != nil {
		return 0, fmt.Errorf("read the newest event: %w", err)
	}
	if last > s.LastSeq {
		return 0, nil
	}
	return last, nil
}

// ends is the sequence of the stream's last message; 0: there is no stream.
func (e *engine) ends(ctx context.Context) (uint64, error) {
	stream, err := e.js.Stream(ctx, office.StreamEvents)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		return 0, nil
	} else if err != nil {
		return 0, fmt.Errorf("look at the stream: %w", err)
	}
	info := stream.CachedInfo()
	if info.Config.Replicas < e.copies { // the cluster has grown
		info.Config.Replicas = e.copies
		if _, err := e.js.UpdateStream(ctx, info.Config); err != nil {
			return 0, fmt.Errorf("copy the stream to more servers: %w", err)
		}
	}
	return info.State.LastSeq, nil
}

// begin makes the stream anew, its first message to be of a sequence.
func (e *engine) begin(ctx context.Context, first uint64) error {
	if err := e.js.DeleteStream(ctx, office.StreamEvents); err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("clear the stream: %w", err)
	}
	_, err := e.js.CreateStream(ctx, jetstream.StreamConfig{
		Name: office.StreamEvents, Subjects: []string{office.AllEvents}, FirstSeq: first,
		MaxMsgs: mostInStream, Discard: jetstream.DiscardOld, Storage: jetstream.FileStorage, AllowDirect: true, Replicas: e.copies,
	})
	if err != nil {
		return fmt.Errorf("make the stream: %w", err)
	}
	return nil
}

// outbox is the way from the store to the stream.
type outbox struct {
	hub    *Hub
	engine *engine
	epoch  string
	last   core.Event // the newest in the stream; only its Seq where that is from before
	begun  bool       // the stream is there, and goes on with the event after last
	purged uint64     // up to this event the stream has none that was deleted from the store

	batch []core.Event
}

// errOtherFile: a restored file, or another one, is behind the receiver now.
var errOtherFile = errors.New("another file is behind the office")

// empty publishes all that the store has.
func (o *outbox) empty(ctx context.Context) error {
	s, err := o.hub.cfg.Store.Summary()
	if err != nil {
		return fmt.Errorf("read the newest event: %w", err)
	}
	if err := o.compare(s.LastSeq); err != nil {
		return err
	}
	if err := o.purge(ctx, gone(s)); err != nil {
		return err
	}
	after := o.last.Seq
	if s.LastSeq-after > mostLate {
		after = s.LastSeq - mostLate // who lacks the others takes a snapshot
	}
	switch {
	case s.Events == 0 && !o.begun:
		o.begun, o.last.Seq = true, s.LastSeq
		return o.engine.begin(ctx, s.LastSeq+1) // desks wait for the next event
	case s.LastSeq == after:
		return nil
	}
	err = o.hub.cfg.Store.Each(ctx, core.Query{AfterSeq: after}, func(e core.Event) error {
		if o.batch = append(o.batch, e); len(o.batch) < atOnce {
			return nil
		}
		return o.send(ctx)
	})
	if err == nil {
		err = o.send(ctx)
	}
	if err != nil {
		return fmt.Errorf("publish events: %w", err)
	}
	return nil
}

// purge takes out of the stream what was deleted from the store for its age. Who lacks it
// takes a snapshot.
func (o *outbox) purge(ctx context.Context, upTo uint64) error {
	if upTo <= o.purged {
		return nil
	}
	stream, err := o.engine.js.Stream(ctx, office.StreamEvents)
	if err == nil {
		err = stream.Purge(ctx, jetstream.WithPurgeSequence(upTo+1))
	}
	if err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("delete old events from the stream: %w", err)
	}
	o.purged = upTo
	return nil
}

// compare finds out whether the store still is the one that was published.
func (o *outbox) compare(newest uint64) error {
	if newest < o.last.Seq {
		return errOtherFile
	}
	if o.last.ID == "" {
		return nil // the mark of the epoch was compared
	}
	same, err := o.hub.fits(mark{o.epoch, o.last.Seq, hashOf(o.last)})
	switch {
	case err != nil:
		return fmt.Errorf("compare the store with the stream: %w", err)
	case !same:
		return errOtherFile
	}
	return nil
}

// send publishes the batch and waits until JetStream has it. The epoch is marked first:
// a desk never has an event that the mark is behind of, so that a restored file shows.
func (o *outbox) send(ctx context.Context) error {
	if len(o.batch) == 0 {
		return nil
	}
	newest := o.batch[len(o.batch)-1]
	if err := o.hub.keepMark(ctx, o.epoch, newest); err != nil {
		return err
	}
	var waiting []jetstream.PubAckFuture
	for _, e := range o.batch {
		ack, err := o.put(ctx, e)
		if err != nil {
			return err
		}
		waiting = append(waiting, ack)
	}
	o.batch = o.batch[:0]
	if err := settled(ctx, waiting); err != nil {
		return err
	}
	o.hub.note(func() { o.hub.sent = newest.Seq })
	return nil
}

// put publishes one event. Where the stream cannot go on with it, because events before it
// were deleted from the store, or none was there yet, the stream begins anew.
func (o *outbox) put(ctx context.Context, e core.Event) (jetstream.PubAckFuture, error) {
	if e.Seq != o.last.Seq+1 || !o.begun && o.last.Seq == 0 { // nothing says that there is a stream
		if err := o.engine.begin(ctx, e.Seq); err != nil {
			return nil, err
		}
		o.last.Seq = e.Seq - 1
	}
	o.begun = true
	body, err := o.hub.cfg.Encode(e)
	if err != nil {
		return nil, err
	}
	m := &nats.Msg{Subject: office.SubjectOf(o.epoch), Data: body, Header: nats.Header{office.HeaderRecord: {office.RecordHeader()}}}
	ack, err := o.engine.js.PublishMsgAsync(m, jetstream.WithExpectLastSequence(o.last.Seq))
	e.Body, e.Detail = nil, nil // the number and the id are enough
	o.last = e
	return ack, err
}

// settled waits until JetStream has what was sent.
func settled(ctx context.Context, waiting []jetstream.PubAckFuture) error {
	limit, cancel := context.WithTimeout(ctx, requestLimit)
	defer cancel()
	for _, ack := range waiting {
		select {
		case <-ack.Ok():
		case err := <-ack.Err():
			return err
		case <-limit.Done():
			return fmt.Errorf("JetStream keeps quiet: %w", limit.Err())
		}
	}
	return nil
}
