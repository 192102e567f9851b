package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"slices"
	"sort"
	"time"

	"rentbell/core"
)

// beat is something that is going to happen. Its data is made when it does, so
// that days and running numbers fit the moment.
type beat struct {
	at        time.Time
	eventType string
	data      func(at time.Time) any
}

// The strands of a story. Each is in order; the live stream mixes them.
const (
	rents = iota
	repairs
	people
	strands
)

// reserve is how many beats lie ahead at least: a month's, or a live stream
// that starts in mid-month would hear of repairs only.
const reserve = 100

// story is the life of the portfolio. It is planned month by month and told
// beat by beat: the past at the times planned, the rest whenever it is asked.
type story struct {
	rng      *rand.Rand
	prefix   string    // of event ids
	from, to time.Time // the past
	month    core.Date // the first day of the next month to plan
	pending  [strands][]beat

	units     int // of the portfolio, which a month's repairs go by
	tenancies []*tenancy
	told      int // events so far
	receipt   int // the last number of each kind
	order     int
	lease     int
}

// newStory plans the past of so many units from one time to another and what
// lies ahead of it.
func newStory(seed uint64, units int, from, to time.Time) *story {
	s := &story{
		rng: rand.New(rand.NewPCG(seed, seed)), prefix: prefix(seed, from, to), from: from, to: to,
		units: units, receipt: 90210, order: 1138, lease: 48307,
	}
	for _, l := range lettings(units) {
		s.settle(l)
	}
	start := core.DateOf(from)
	s.month = core.Date{Year: start.Year, Month: start.Month, Day: 1}.AddMonths(-1) // what began there may go on in from's
	for !core.DateOf(to).Before(s.month) {
		s.planMonth()
	}
	return s
}

func (s *story) planMonth() {
	first := s.month
	s.month = first.AddMonths(1)
	s.tenancies = slices.DeleteFunc(s.tenancies, func(t *tenancy) bool { return t.leaving && t.ends.Before(first) })
	s.planPeople(first)
	s.planRents(first)
	s.planRepairs(first)
}

// add plans a beat unless its time is over before the story begins.
func (s *story) add(strand int, b beat) {
	if !b.at.Before(s.from) {
		s.insert(strand, b)
	}
}

func (s *story) insert(strand int, b beat) {
	q := s.pending[strand]
	i := sort.Search(len(q), func(i int) bool { return q[i].at.After(b.at) })
	s.pending[strand] = slices.Insert(q, i, b)
}

// history tells the past.
func (s *story) history() []Event {
	var past []Event
	for b := range s.past() {
		past = append(past, s.tell(b, b.at))
	}
	return past
}

// past takes the beats of the past, in order.
func (s *story) past() iter.Seq[beat] {
	return func(yield func(beat) bool) {
		for {
			strand, found := s.earliest()
			if !found || !s.pending[strand][0].at.Before(s.to) || !yield(s.take(strand)) {
				return
			}
		}
	}
}

func (s *story) earliest() (strand int, found bool) {
	for i, q := range s.pending {
		if len(q) > 0 && (!found || q[0].at.Before(s.pending[strand][0].at)) {
			strand, found = i, true
		}
	}
	return strand, found
}

// next tells one beat of what lies ahead, as happening now.
func (s *story) next(now time.Time) Event { return s.tell(s.draw(), now) }

// draw takes one beat of what lies ahead. Strands take turns by their length.
func (s *story) draw() beat {
	for s.ahead() < reserve {
		s.planMonth()
	}
	n := s.rng.IntN(s.ahead())
	strand := 0
	for n >= len(s.pending[strand]) {
		n -= len(s.pending[strand])
		strand++
	}
	return s.take(strand)
}

func (s *story) ahead() int {
	n := 0
	for _, q := range s.pending {
		n += len(q)
	}
	return n
}

func (s *story) take(strand int) beat {
	q := s.pending[strand]
	b := q[0]
	q[0].data = nil // it holds a tenancy
	s.pending[strand] = q[1:]
	return b
}

// tell makes the event of a beat.
func (s *story) tell(b beat, at time.Time) Event {
	s.told++
	e := Event{ID: fmt.Sprintf("%s%05d", s.prefix, s.told), Type: b.eventType, At: at.UTC().Truncate(time.Second)}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false) // people look at it
	err := encoder.Encode(struct {
		ID        string    `json:"id"`
		Type      string    `json:"type"`
		CreatedAt time.Time `json:"created_at"`
		Data      any       `json:"data"`
	}{e.ID, e.Type, e.At, b.data(at)})
	if err != nil {
		panic(fmt.Sprintf("encode event: %v", err)) // our own structs
	}
	e.Body = bytes.TrimSpace(body.Bytes())
	return e
}

// prefix differs between seeds, and between stories of one seed that start at
// different times: a sandbox that is started again must not send ids that its
// listener has seen.
func prefix(seed uint64, from, to time.Time) string {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, seed, from.UnixNano(), to.UnixNano()) // a hash takes everything
	return fmt.Sprintf("evt_%08x", h.Sum32())
}

// moment is a time of day between two hours, in the story's time zone.
func (s *story) moment(d core.Date, fromHour, toHour int) time.Time {
	seconds := s.rng.IntN((toHour - fromHour) * 3600)
	return time.Date(d.Year, d.Month, d.Day, fromHour, 0, seconds, 0, s.to.Location())
}

// days draws a number of days, both ends included.
func (s *story) days(least, most int) int { return least + s.rng.IntN(most-least+1) }

// oneIn is true once in n times.
func (s *story) oneIn(n int) bool { return s.rng.IntN(n) == 0 }
