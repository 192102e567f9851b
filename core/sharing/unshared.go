package sharing

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rentbell/core"
)

// SetAside keeps what was changed here and the office has not got yet, because other
// records are about to take the place of those that are here. The next Compare takes it up
// and weighs it as usual. With carry false nothing is kept.
func (b *Book) SetAside(me string, carry bool) (err error) {
	u := core.Unshared{}
	if carry {
		if u, err = b.unshared(me); err != nil {
			return err
		}
	}
	return b.Store.SaveUnshared(u)
}

// unshared is what was changed here, with what a try that a crash has ended set aside.
func (b *Book) unshared(me string) (u core.Unshared, err error) {
	if u, err = b.Store.Unshared(); err != nil {
		return u, err
	}
	here, _, err := b.entries(me)
	if err != nil {
		return u, err
	}
	seen, err := b.Store.Shared()
	if err != nil {
		return u, err
	}
	u.Seen, u.Mine = added(u.Seen, nil), added(u.Mine, nil)
	for key := range added(here, seen) {
		switch {
		case strings.HasPrefix(key, offered):
			u.Seen[key] = seen[key]
		case here[key] == seen[key]:
		case strings.HasPrefix(key, inEvents):
			ids, err := b.ids(key, here[key], seen[key])
			if err != nil {
				return u, err
			}
			u.Handled = append(u.Handled, ids...)
		default:
			u.Seen[key], u.Mine[key] = seen[key], here[key]
		}
	}
	return u, nil
}

// added is a map with the entries of both.
func added(a, b map[string]string) map[string]string {
	all := map[string]string{}
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}

// ids are those of the events of a block that were handled here: in the other records they
// may have other numbers.
func (b *Book) ids(key, mine, seen string) (ids []string, err error) {
	rest := strings.TrimPrefix(key, inEvents)
	all, _ := readBlock(rest, mine)    // both are spelled here,
	agreed, _ := readBlock(rest, seen) // so that they can be read
	known := agreed.events()
	for _, seq := range all.events() {
		if slices.Contains(known, seq) {
			continue
		}
		e, err := b.Store.Event(seq)
		if err != nil {
			return nil, fmt.Errorf("look up an event that was handled: %w", err)
		}
		ids = append(ids, e.ID)
	}
	return ids, nil
}

// takeUp puts in force what was set aside.
func (b *Book) takeUp(ctx context.Context) error {
	u, err := b.Store.Unshared()
	if err != nil || len(u.Seen)+len(u.Handled) == 0 {
		return err
	}
	c := comparison{take: map[string]value{}}
	for key, text := range u.Mine {
		if v, ok := read(key, text); ok {
			c.take[key] = v
		}
	}
	if err := b.take(ctx, c); err != nil {
		return err
	}
	handled, err := b.Store.NumbersOf(u.Handled)
	if err != nil {
		return err
	}
	if err := b.Concerns.HandleEvents(handled); err != nil {
		return err
	}
	if err := b.Store.SaveShared(u.Seen); err != nil {
		return err
	}
	return b.Store.SaveUnshared(core.Unshared{})
}
