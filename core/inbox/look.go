package inbox

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"rentbell/core"
)

// mostFiles is how many files one look imports.
const mostFiles = 100

// sighting is what is known of a file since it was seen first, or has changed.
type sighting struct {
	entry
	since time.Time      // when it was seen so first
	until time.Time      // it is not opened before; zero: at once
	kind  core.TableKind // empty: it is yet to be recognised
	moves string         // the folder that it is to be moved to; empty: it is yet to be imported
	why   string         // it failed, or a part of it; empty: nothing did
}

// whole is when the file counts as whole, if it stays as it is.
func (s sighting) whole() time.Time {
	if at := s.since.Add(quiet); at.After(s.until) {
		return at
	}
	return s.until
}

// look goes through the folder once and returns when to look again, whatever is told
// before; 0: never.
func (i *Inbox) look(ctx context.Context) time.Duration {
	if dir := i.cfg.Dir(); dir != i.dir {
		i.forget()
		i.dir = dir
		if dir != "" {
			i.cfg.Log.Info("looking for reports", "dir", dir)
		}
	}
	if i.dir == "" {
		i.goes(nil)
		return 0
	}
	next, err := i.lookInto(ctx)
	if ctx.Err() != nil {
		return 0
	}
	i.goes(err)
	if err != nil || i.notes == nil {
		return min(next, pollEvery)
	}
	return next
}

// lookInto imports the files that are whole.
func (i *Inbox) lookInto(ctx context.Context) (next time.Duration, err error) {
	f, err := openFolder(i.dir, i.cfg.DataDir)
	if err != nil {
		i.unwatch()
		return watchedEvery, err
	}
	defer func() { _ = f.Close() }() // nothing waits to be written
	i.watch(f)                       // before the list, so that nothing falls in between
	files, err := f.list()
	if err != nil {
		return watchedEvery, err
	}
	i.sight(files, time.Now())
	ready := i.ready(time.Now())
	if err := i.work(ctx, f, ready); err != nil {
		return watchedEvery, err
	}
	if len(ready) == mostFiles {
		return shortestPause, nil // there may be more
	}
	return i.next(time.Now()), nil
}

// sight compares the files with those of the look before.
func (i *Inbox) sight(files []entry, now time.Time) {
	seen := make(map[string]sighting, len(files))
	for _, e := range files {
		was, known := i.seen[e.name]
		if !known || was.size != e.size || !was.written.Equal(e.written) {
			was = sighting{entry: e, since: now}
		}
		seen[e.name] = was
	}
	i.seen = seen
}

// ready are the files that are whole, the oldest first. As long as others are still being
// written that came with them, there are none: one may tell what another is about.
func (i *Inbox) ready(now time.Time) (ready []sighting) {
	waits, longest := false, now
	for _, s := range i.seen {
		switch {
		case now.Before(s.until):
		case now.Before(s.whole()):
			waits = true
		default:
			ready = append(ready, s)
			if s.since.Before(longest) {
				longest = s.since
			}
		}
	}
	if waits && now.Sub(longest) < longestWait {
		return nil
	}
	slices.SortFunc(ready, func(a, b sighting) int {
		return cmp.Or(a.written.Compare(b.written), cmp.Compare(a.name, b.name))
	})
	return ready[:min(len(ready), mostFiles)]
}

// work imports and moves the files that are whole: a rent roll first, which tells the
// leases that receipts are for, then the others in order of time, and the delinquency report
// last, as it is compared with what the others tell. The error is no file's
// fault: what it left is tried again. One file that cannot be read or moved does not hold up
// the others.
func (i *Inbox) work(ctx context.Context, f *folder, ready []sighting) (stuck error) {
	for n := range ready {
		if ready[n].kind == "" && ready[n].moves == "" {
			stuck = cmp.Or(stuck, i.recognise(f, &ready[n]))
		}
	}
	if i.crowded(f, ready) {
		return core.ErrCrowdedDir
	}
	slices.SortStableFunc(ready, func(a, b sighting) int { return cmp.Compare(turn(a.kind), turn(b.kind)) })
	for _, s := range ready {
		if s.kind != "" && s.moves == "" {
			err := ctx.Err()
			if err == nil {
				err = i.take(ctx, f, &s)
			}
			if errors.Is(err, core.ErrStorage) || errors.Is(err, context.Canceled) {
				return err
			}
			stuck = cmp.Or(stuck, err)
		}
		i.seen[s.name] = s
		if s.moves != "" {
			stuck = cmp.Or(stuck, i.settle(f, s))
		}
	}
	return stuck
}

// mostStrange is how many files may be no reports in a folder that is watched first.
const mostStrange = 20

// crowded reports whether somebody chose a folder that is for other things, like that of
// downloads: nothing is moved there.
func (i *Inbox) crowded(f *folder, ready []sighting) bool {
	strange := 0
	for _, s := range ready {
		i.seen[s.name] = s
		if s.moves == failedDir {
			strange++
		}
	}
	return strange > mostStrange && f.isFree(doneDir) && f.isFree(failedDir)
}

// turn says which kinds come first, and which last.
func turn(k core.TableKind) int {
	switch k {
	case core.TableRentRoll:
		return 0
	case core.TableDelinquency:
		return 2
	}
	return 1
}

// next is how long it is until a file that is seen now may be whole.
func (i *Inbox) next(now time.Time) time.Duration {
	next := watchedEvery
	for _, s := range i.seen {
		if left := s.whole().Sub(now); left > 0 {
			next = min(next, left)
		}
	}
	return next
}
