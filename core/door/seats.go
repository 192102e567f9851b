package door

import (
	"container/list"
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

const (
	smallBody   = 16 << 10 // far above any single event; what is larger needs a seat
	largeBodies = 64 << 20 // bytes of room for all bodies on seats

	forStrangers = largeBodies / 4 * 3 // of it; the rest is for those who have brought events
	forOne       = largeBodies / 4     // of it, for the strangers of one address

	patience         = 5 * time.Second
	strangerPatience = time.Second
)

// errNoSeat: there is no room for a large body. The sender should try again.
var errNoSeat = errors.New("no room for a large body")

// seats are the room for large bodies, from when they are read until they are
// answered. It is counted in bytes that are really there, so that many who say much
// and send little take little of it. Where it is full, the strangers who hold most of
// it and are still sending make way, those first who have been here longest.
type seats struct {
	mu      sync.Mutex
	held    int                // in all
	from    map[netip.Addr]int // by strangers, by address
	reading *list.List         // of *seat whose bodies are still coming, the longest here first
	freed   chan struct{}      // closed when a seat has become free
}

func newSeats() seats {
	return seats{from: map[netip.Addr]int{}, reading: list.New(), freed: make(chan struct{})}
}

// seat is the room that one body has.
type seat struct {
	guest *guest
	stop  func() // ends the reading

	held     int
	stranger bool          // when it was taken
	reading  *list.Element // nil: nothing comes any more
	sentAway bool
}

// take gives a seat room for so many bytes. It waits a little where nobody can make
// way.
func (s *seats) take(ctx context.Context, t *seat, size int) error {
	wait := patience
	if !t.guest.trusted.Load() {
		wait = strangerPatience
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for {
		freed, leaving, err := s.tryTake(t, size)
		for _, other := range leaving {
			other.stop()
		}
		if freed == nil {
			return err
		}
		select {
		case <-freed:
		case <-ctx.Done():
			return errNoSeat
		}
	}
}

// tryTake is take without waiting. Whoever leaves has to be stopped; freed, unless
// nil, is to be waited for.
func (s *seats) tryTake(t *seat, size int) (freed <-chan struct{}, leaving []*seat, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t.sentAway {
		return nil, nil, errNoSeat
	}
	if t.held == 0 {
		t.stranger = !t.guest.trusted.Load()
	}
	more := size - t.held
	most := largeBodies
	if t.stranger {
		most = forStrangers
	}
	for {
		var other *seat
		switch {
		case t.stranger && t.guest.address.IsValid() && s.from[t.guest.address]+more > forOne:
			other = s.largest(t, func(o *seat) bool { return o.guest.address == t.guest.address })
		case s.held+more > most:
			other = s.largest(t, func(*seat) bool { return true })
		default:
			s.count(t, more)
			if t.reading == nil {
				t.reading = s.reading.PushBack(t)
			}
			return nil, leaving, nil
		}
		if other == nil {
			return s.freed, leaving, nil
		}
		s.count(other, -other.held)
		s.leaveLine(other)
		other.sentAway = true
		leaving = append(leaving, other)
	}
}

// largest finds the stranger whose body is still coming and has the most room, except
// for one seat.
func (s *seats) largest(not *seat, fits func(*seat) bool) (found *seat) {
	for e := s.reading.Front(); e != nil; e = e.Next() {
		o := e.Value.(*seat)
		if o != not && o.stranger && (found == nil || o.held > found.held) && fits(o) {
			found = o
		}
	}
	return found
}

// count adds to what a seat holds. Called with mu held.
func (s *seats) count(t *seat, more int) {
	t.held += more
	s.held += more
	if !t.stranger {
		return
	}
	if s.from[t.guest.address] += more; s.from[t.guest.address] == 0 {
		delete(s.from, t.guest.address)
	}
}

func (s *seats) leaveLine(t *seat) {
	if t.reading != nil {
		s.reading.Remove(t.reading)
		t.reading = nil
	}
}

// read says that a body is whole, and reports whether it may stay.
func (s *seats) read(t *seat) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaveLine(t)
	return !t.sentAway
}

// release gives a seat's room back.
func (s *seats) release(t *seat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaveLine(t)
	s.count(t, -t.held)
	close(s.freed)
	s.freed = make(chan struct{})
}

// readBody reads at most MaxBody bytes; a *http.MaxBytesError says there are more,
// errNoSeat that there is no room for a large body. done is to be called once the
// body has been dealt with.
func (c *crowd) readBody(w http.ResponseWriter, r *http.Request) (body []byte, done func(), err error) {
	whole := int64(MaxBody) // about as many bytes as will come
	size := int64(smallBody / 16)
	if r.ContentLength >= 0 {
		whole, size = r.ContentLength, r.ContentLength
	}
	limited := http.MaxBytesReader(w, r.Body, MaxBody)
	body = make([]byte, 0, min(size, smallBody)+1) // one more, to meet the end
	done = func() {}
	var t *seat
	for {
		if body, err = fill(body, limited); err != nil {
			break
		}
		size := int(min(2*int64(cap(body))-1, max(whole, int64(cap(body)))+1))
		if size > smallBody+1 {
			if t == nil {
				t = c.sit(w, r)
				done = func() { c.seats.release(t) }
			}
			if err = c.seats.take(r.Context(), t, size); err != nil {
				break
			}
		}
		body = append(make([]byte, 0, size), body...)
	}
	if t != nil && !c.seats.read(t) {
		err = errNoSeat
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return body, done, err
}

// sit gives whoever sends a request a seat that is still empty.
func (c *crowd) sit(w http.ResponseWriter, r *http.Request) *seat {
	g, known := r.Context().Value(guestKey{}).(*guest)
	if !known {
		g = new(guest)
	}
	past := time.Unix(1, 0)
	return &seat{guest: g, stop: func() { _ = http.NewResponseController(w).SetReadDeadline(past) }} // a connection without deadlines reads on, within its time
}

// fill reads until body is full. The end of what comes is io.EOF.
func fill(body []byte, from io.Reader) ([]byte, error) {
	for len(body) < cap(body) {
		n, err := from.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if err != nil {
			return body, err
		}
	}
	return body, nil
}
