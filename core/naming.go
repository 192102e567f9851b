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
	return b.setNames(given, func(n *Name, text string) { n.Given = text })
}

// LearnNames is GiveNames for names that were read back from AppFolio: they never
// take the place of one the user gave.
func (b *Bell) LearnNames(learned map[NameKey]string) error {
	return b.setNames(learned, func(n *Name, text string) { n.Learned = text })
}

func (b *Bell) setNames(texts map[NameKey]string, set func(*Name, string)) error {
	b.naming.Lock()
	defer b.naming.Unlock()
	before := b.Names()
	changed := make(map[NameKey]Name, len(texts))
	for key, text := range texts {
		name := before.Of(key)
		set(&name, CleanName(text))
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
