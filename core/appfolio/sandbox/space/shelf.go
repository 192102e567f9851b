package space

import (
	"iter"
	"time"
)

// shelf keeps records of one kind with their past: what readers see lags behind
// what is.
type shelf[T any] struct {
	records []*record[T] // in the order of their creation
	byID    map[string]*record[T]
}

type record[T any] struct {
	id       string
	versions []version[T] // oldest first, never none
}

// version is a record from a change on.
type version[T any] struct {
	value   T
	gone    bool      // destroyed
	changed time.Time // when it happened
	seen    time.Time // when readers learn of it
}

func newShelf[T any]() *shelf[T] { return &shelf[T]{byID: map[string]*record[T]{}} }

// put adds a version.
func (s *shelf[T]) put(id string, v version[T]) {
	r, found := s.byID[id]
	if !found {
		r = &record[T]{id: id}
		s.records = append(s.records, r)
		s.byID[id] = r
	}
	r.versions = append(r.versions, v)
}

// last is a record as it is, whatever readers see.
func (s *shelf[T]) last(id string) (value T, found bool) {
	r, found := s.byID[id]
	if found {
		value = r.versions[len(r.versions)-1].value
	}
	return value, found
}

// all are the records as they are, but for those that were destroyed.
func (s *shelf[T]) all() iter.Seq2[string, T] {
	return func(yield func(string, T) bool) {
		for _, r := range s.records {
			if v := r.versions[len(r.versions)-1]; !v.gone && !yield(r.id, v.value) {
				return
			}
		}
	}
}

// at is the version that readers see at a time; found is false before they have
// heard of the record at all.
func (r *record[T]) at(now time.Time) (v version[T], found bool) {
	for i := len(r.versions) - 1; i >= 0; i-- {
		if !r.versions[i].seen.After(now) {
			return r.versions[i], true
		}
	}
	return v, false
}
