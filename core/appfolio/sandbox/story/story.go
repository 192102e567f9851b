// Package story makes up the life of a small manager's portfolio: who lives where
// and for how long, who pays what and when, what breaks and who mends it.
//
// Everything follows from a seed and the two ends of the past: the same three give
// the same story, ids included. Nobody in it exists.
package story

import (
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"slices"
	"sort"
	"time"

	"rentbell/core"
)

// Fact is one thing that happened.
type Fact struct {
	ID   string // no other fact has it, in this story or another
	Type string // core.TypePaymentReceived or another of those
	At   time.Time
	Of   *Tenancy // whom or, for a repair, which place it is about
	Data any      // Payment, WorkOrder, Tenant, LeaseSigned or LeaseExpired
}

// beat is a fact to come. Its data is made when it happens, so that days and
// running numbers fit the moment.
type beat struct {
	at        time.Time
	of        *Tenancy
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

// reserve is the least number of beats that lie ahead: a month's, or a live stream
// that starts in mid-month would hear of repairs only.
const reserve = 100

// Story is planned month by month and told fact by fact: the past at the times
// planned, the rest whenever it is asked for. One goroutine at a time may use it.
type Story struct {
	Name      string     // begins every fact's ID; another story has another name
	Tenancies []*Tenancy // leases in force or signed by now; readers leave them as they are

	rng      *rand.Rand
	from, to time.Time // the past
	month    core.Date // the first day of the next month to plan
	pending  [strands][]beat
	units    int // of the portfolio; a month's repairs follow from it

	told, receipt, order, lease int // the last number of each kind
}

// New plans the past of a portfolio of so many units, from one time to another,
// and what lies ahead of it. Its time zone is that of to.
func New(seed uint64, units int, from, to time.Time) *Story {
	s := &Story{
		Name: name(seed, from, to), rng: rand.New(rand.NewPCG(seed, seed)), from: from, to: to,
		units: units, receipt: 90210, order: 1138, lease: 48307,
	}
	for _, l := range Lettings(units) {
		s.settle(l)
	}
	start := core.DateOf(from)
	s.month = core.Date{Year: start.Year, Month: start.Month, Day: 1}.AddMonths(-1) // what began there may go on in from's
	for !core.DateOf(to).Before(s.month) {
		s.planMonth()
	}
	s.planStuck()
	return s
}

// name differs between seeds, and between stories of one seed that start at
// different times: a sandbox that is started again must not send ids that its
// listener has seen.
func name(seed uint64, from, to time.Time) string {
	h := fnv.New32a()
	_, _ = fmt.Fprint(h, seed, from.UnixNano(), to.UnixNano()) // a hash takes everything
	return fmt.Sprintf("evt_%08x", h.Sum32())
}

func (s *Story) planMonth() {
	first := s.month
	s.month = first.AddMonths(1)
	s.Tenancies = slices.DeleteFunc(s.Tenancies, func(t *Tenancy) bool { return t.Leaving && t.Ends.Before(first) })
	s.planPeople(first)
	s.planRents(first)
	s.planRepairs(first)
}

// add plans a beat unless its time is over before the story begins.
func (s *Story) add(strand int, b beat) {
	if !b.at.Before(s.from) {
		s.insert(strand, b)
	}
}

func (s *Story) insert(strand int, b beat) {
	q := s.pending[strand]
	i := sort.Search(len(q), func(i int) bool { return q[i].at.After(b.at) })
	s.pending[strand] = slices.Insert(q, i, b)
}

// Past yields the facts of the past in order, and each only once. It opens with the
// signing of every lease that still ran when the past began; all other facts are
// later than that.
func (s *Story) Past() iter.Seq[Fact] {
	return func(yield func(Fact) bool) {
		for {
			strand := s.earliest()
			q := s.pending[strand]
			if len(q) == 0 || !q[0].at.Before(s.to) || !yield(s.tell(strand, q[0].at)) {
				return
			}
		}
	}
}

func (s *Story) earliest() (strand int) {
	for i, q := range s.pending {
		first := s.pending[strand]
		if len(q) > 0 && (len(first) == 0 || q[0].at.Before(first[0].at)) {
			strand = i
		}
	}
	return strand
}

// Next returns a fact that lies ahead, as if it happened now. The longer a strand is,
// the more often it has its turn.
func (s *Story) Next(now time.Time) Fact {
	for s.ahead() < reserve {
		s.planMonth()
	}
	n, strand := s.rng.IntN(s.ahead()), 0
	for ; n >= len(s.pending[strand]); strand++ {
		n -= len(s.pending[strand])
	}
	return s.tell(strand, now)
}

func (s *Story) ahead() (n int) {
	for _, q := range s.pending {
		n += len(q)
	}
	return n
}

// tell makes the next fact of a strand.
func (s *Story) tell(strand int, at time.Time) Fact {
	b := s.pending[strand][0]
	s.pending[strand][0] = beat{} // it holds a tenancy
	s.pending[strand] = s.pending[strand][1:]
	s.told++
	return Fact{ID: fmt.Sprintf("%s%05d", s.Name, s.told), Type: b.eventType, At: at, Of: b.of, Data: b.data(at)}
}

// moment is a time of day between two hours, in the story's time zone.
func (s *Story) moment(d core.Date, fromHour, toHour int) time.Time {
	seconds := s.rng.IntN((toHour - fromHour) * 3600)
	return time.Date(d.Year, d.Month, d.Day, fromHour, 0, seconds, 0, s.to.Location())
}

// days draws a number of days, both ends included.
func (s *Story) days(least, most int) int { return least + s.rng.IntN(most-least+1) }

// oneIn is true once in n times.
func (s *Story) oneIn(n int) bool { return s.rng.IntN(n) == 0 }
