package core

import (
	"fmt"
	"maps"
)

// Names returns the names in force. The table is the same, by its address, until
// one of them changes.
func (b *Bell) Names() *NameTable { return b.names.Load() }

// GiveNames keeps names that the user gives; an empty one takes the user's name
// away, and what AppFolio says counts again. All are kept or, after an error
// wrapping ErrStorage, none. It writes to disk.
func (b *Bell) GiveNames(given map[NameKey]string) error {
	b.naming.Lock()
	defer b.naming.Unlock()
	before := b.Names()
	changed := make(map[NameKey]Name, len(given))
	for key, text := range given {
		name := before.Of(key)
		name.Given = CleanName(text)
		if key.Usable() && name != before.Of(key) {
			changed[key] = name
		}
	}
	if len(changed) == 0 {
		return nil
	}
	if err := b.cfg.Store.SaveNames(changed); err != nil {
		return fmt.Errorf("save names: %w", err)
	}
	all := maps.Clone(before.of)
	for key, name := range changed {
		if name == (Name{}) {
			delete(all, key)
		} else {
			all[key] = name
		}
	}
	b.names.Store(NewNameTable(all))
	nudge(b.arrived)
	return nil
}

// learned puts names in force that a Settlement has saved. The caller holds
// naming, since before it was saved.
func (b *Bell) learned(names map[NameKey]string) {
	all := maps.Clone(b.Names().of)
	for key, text := range names {
		if name := all[key].Learn(text); name == (Name{}) {
			delete(all, key)
		} else {
			all[key] = name
		}
	}
	b.names.Store(NewNameTable(all))
	nudge(b.arrived)
}
