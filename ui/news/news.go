// Package news says what has come and what needs a person's eye, as the overview, the
// activity page and the tray show it. It reads the store, beside the main goroutine,
// and knows no page.
package news

import "rentbell/core"

// Latest are the n newest events that tell something, the newest first. A
// doorbell only says that something will be told, and of a work order the newest
// state alone counts.
func Latest(r core.Reader, n int) (latest []core.Event, err error) {
	const looks = 5 // far beyond what doorbells can crowd out in the time it takes to read them back
	told := map[core.Subject]bool{}
	for look := range looks {
		page, err := r.Page(core.FeedActivity, look*n, n)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			if len(latest) < n && !overtaken(e, told) {
				latest = append(latest, e)
			}
		}
		if len(latest) == n || len(page) < n {
			return latest, nil
		}
	}
	return latest, nil
}

// overtaken reports whether an event tells nothing that a newer one has not, and notes
// what it tells in told.
func overtaken(e core.Event, told map[core.Subject]bool) bool {
	switch d := e.Detail.(type) {
	case core.Doorbell:
		return true
	case core.WorkOrder:
		if s := d.Subject(); s != (core.Subject{}) {
			again := told[s]
			told[s] = true
			return again
		}
	}
	return false
}

// Add puts a fresh event before the newest ones, of which n are kept.
func Add(latest []core.Event, fresh core.Event, n int) []core.Event {
	told := map[core.Subject]bool{}
	if overtaken(fresh, told) {
		return latest
	}
	all := []core.Event{fresh}
	for _, e := range latest {
		if len(all) < n && !overtaken(e, told) {
			all = append(all, e)
		}
	}
	return all
}
