package readback

import (
	"encoding/json"
	"fmt"
	"time"

	"rentbell/core"
)

// batch is a Settlement in the making.
type batch struct {
	core.Settlement
	session *session
	at      circumstances
	unusual int // facts that the contract cannot spell
	givenUp int // reads that never came to anything
}

// begin makes an empty batch.
func (s *session) begin(first bool) *batch {
	now := s.desk.Now()
	return &batch{
		Settlement: core.Settlement{Bookmarks: map[string]time.Time{}},
		session:    s,
		at:         circumstances{now: now, today: core.DateOf(now), first: first},
	}
}

func (b *batch) tell(facts []fact) {
	for _, f := range facts {
		e, usable := f.event(b.at.now)
		if !usable {
			b.unusual++
			continue
		}
		b.Events = append(b.Events, e)
	}
}

// remember puts down what a thing looks like now; nil forgets it.
func (b *batch) remember(kind, id string, v any) {
	r := core.Record{RecordKey: core.RecordKey{Kind: kind, ID: id}}
	if v != nil {
		value, err := json.Marshal(v)
		if err != nil {
			panic("spell a record: " + err.Error()) // texts, numbers and times within RFC 3339's years
		}
		r.Value = value
	}
	b.Records = append(b.Records, r)
}

func (b *batch) learn(kind core.NameKind, id, name string) {
	if b.Names == nil {
		b.Names = map[core.NameKey]string{}
	}
	b.Names[core.NameKey{Kind: kind, ID: id}] = name
}

// settle keeps the batch. After an error the book may be ahead of the store; who
// calls must give up.
func (b *batch) settle() error {
	s := b.session
	if len(b.Events)+len(b.Records)+len(b.Names)+len(b.Done)+len(b.Later)+len(b.Bookmarks) == 0 {
		return nil
	}
	fresh, err := s.desk.Settle(b.Settlement)
	if err != nil {
		return fmt.Errorf("keep what was read back: %w", err)
	}
	if b.unusual > 0 {
		s.log.Warn("facts with ids that cannot be kept are left out", "facts", b.unusual)
	}
	if b.givenUp > 0 {
		s.log.Warn("AppFolio never showed what it rang for; giving up", "things", b.givenUp)
	}
	if fresh > 0 {
		s.log.Info("read back", "events", fresh, "records", len(b.Records))
	}
	return nil
}

// mark names a bookmark of this account.
func (s *session) mark(name string) string { return name + " of " + s.account.Space.ClientID }

func (s *session) bookmark(name string) (time.Time, error) {
	at, err := s.desk.ReadUpTo(s.mark(name))
	if err != nil {
		return at, fmt.Errorf("read how far reading back has come: %w", err)
	}
	return at, nil
}

func (b *batch) bookmark(name string, at time.Time) { b.Bookmarks[b.session.mark(name)] = at }
