// Package names keeps what people call leases, tenants, properties, units and
// vendors, of which AppFolio mostly tells ids. It reads and writes tables of names,
// and puts the names in force into what a Reader answers; the bodies of deliveries
// stay as they were sent.
package names

import (
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"rentbell/core"
	"rentbell/core/board"
)

// Store is the part of a Store that keeps names.
type Store interface {
	Names() (map[core.NameKey]core.Name, error)
	SaveNames(map[core.NameKey]core.Name) error
}

// Book keeps the names in force. Its methods may be called from any goroutine.
type Book struct {
	store Store
	board *board.Board

	changing sync.Mutex            // held while names are changed, so that no change undoes another
	table    atomic.Pointer[Table] // never nil
}

// NewBook loads the names that are saved.
func NewBook(store Store, board *board.Board) (*Book, error) {
	b := &Book{store: store, board: board}
	if err := b.load(); err != nil {
		return nil, err
	}
	return b, nil
}

func (b *Book) load() error {
	names, err := b.store.Names()
	if err != nil {
		return fmt.Errorf("load names: %w", err)
	}
	b.table.Store(NewTable(names))
	return nil
}

// Names returns the names in force. The table is the same, by its address, until
// one of them changes.
func (b *Book) Names() *Table { return b.table.Load() }

// Give keeps names that the user gives; an empty one takes the user's name away,
// and what AppFolio says counts again. All are kept or, after an error wrapping
// ErrStorage, none. It writes to disk.
func (b *Book) Give(given map[core.NameKey]string) (core.Taken, error) {
	var taken core.Taken
	err := b.Edit(func(t *Table) (changed map[core.NameKey]core.Name) {
		changed, taken = t.Weigh(given)
		return changed
	}, func(changed map[core.NameKey]core.Name) error {
		if len(changed) == 0 {
			return nil
		}
		return b.store.SaveNames(changed)
	})
	if err != nil {
		return core.Taken{}, err
	}
	return taken, nil
}

// Edit lets edit say, of the names in force, what changed things are called then, and save
// keep it in the store. All are in force then or, after save's error, none.
func (b *Book) Edit(edit func(*Table) map[core.NameKey]core.Name, save func(changed map[core.NameKey]core.Name) error) error {
	b.changing.Lock()
	defer b.changing.Unlock()
	changed := edit(b.Names())
	if err := save(changed); err != nil {
		return fmt.Errorf("save names: %w", err)
	}
	if len(changed) > 0 {
		b.putInForce(changed)
	}
	return nil
}

// Learn keeps what AppFolio calls things, by save, and puts it in force.
func (b *Book) Learn(names map[core.NameKey]string, save func() error) error {
	b.changing.Lock() // a name that is given meanwhile must not take back what is learned
	defer b.changing.Unlock()
	if err := save(); err != nil {
		return err
	}
	changed := make(map[core.NameKey]core.Name, len(names))
	for key, text := range names {
		changed[key] = b.Names().Of(key).Learn(text)
	}
	b.putInForce(changed)
	return nil
}

// putInForce makes a table of the present names and changed ones; a zero Name is
// taken away.
func (b *Book) putInForce(changed map[core.NameKey]core.Name) {
	all := maps.Clone(b.Names().of)
	for key, name := range changed {
		if name == (core.Name{}) {
			delete(all, key)
		} else {
			all[key] = name
		}
	}
	b.table.Store(NewTable(all))
	b.board.Nudge()
}

// Restore runs adopt, which puts other names in place of the saved ones, and puts
// those in force: a name that is given meanwhile goes into the new table. adopted
// is false when adopt failed; an error after that is about the names alone.
func (b *Book) Restore(adopt func() error) (adopted bool, err error) {
	b.changing.Lock()
	defer b.changing.Unlock()
	if err := adopt(); err != nil {
		return false, err
	}
	return true, b.load()
}
