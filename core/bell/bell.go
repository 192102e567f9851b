// Package bell is Rentbell without a face, put together from the rooms of core: it
// receives signed deliveries, keeps them, rings, keeps the public address
// registered and exports. The face and the commands talk to a Bell alone.
package bell

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/door"
	"rentbell/core/export"
	"rentbell/core/inbox"
	"rentbell/core/intake"
	"rentbell/core/lookout"
	"rentbell/core/names"
	"rentbell/core/register"
	"rentbell/core/ring"
	"rentbell/core/sharing"
)

// Config is what a Bell is made of.
type Config struct {
	Store  core.Store
	Source core.Registrar // of the webhook API
	// Space is Developer Space; nil: this program does not know it.
	Space  core.DeveloperSpace
	Tunnel core.Tunnel
	Vault  core.Vault
	// DataDir is the folder of the data, which is never watched; empty: not known.
	DataDir string
	// Why says an error in a person's words, for the text beside a file that was not
	// taken in; nil: in the error's own.
	Why func(error) string
	// Follower follows an office; nil: this program cannot.
	Follower core.Follower
	// Glance asks the office that nothing follows how far this desk is, for a health
	// check; nil: it is not asked.
	Glance func(context.Context) core.OfficeStatus
	// Machine tells about this computer; nil: nothing is known.
	Machine core.Machine
	// Internet is the way to our own public address, for test events; nil: the
	// usual one.
	Internet http.RoundTripper
	// Grace is how long a drop may take to mend before it is told as one; 0: ten
	// seconds.
	Grace time.Duration
	Log   *slog.Logger
	Now   func() time.Time // nil: time.Now

	// Override holds what flags and environment say. It counts for this run,
	// before what is saved, and is never saved.
	Override core.Override
	// Faceless: there is no window, so nothing rings here.
	Faceless bool
	// Sample marks the data as made up, which the face says.
	Sample bool
	// Control is why other processes cannot ask this one; nil: they can.
	Control error
}

// Bell is Rentbell at work, put together from its parts. Its methods may be called
// from any goroutine; the embedded Reader answers from the store, with the names
// in force.
type Bell struct {
	core.Reader

	cfg      Config
	board    *board.Board
	choices  *board.Choices
	names    *names.Book
	receiver *door.Receiver
	door     *door.Door
	tester   *door.Tester
	register *register.Keeper
	announce *ring.Announcer
	lookout  *lookout.Lookout
	exports  *export.History
	sharing  *sharing.Book
	intake   *intake.Intake
	house    *house
	inbox    *inbox.Inbox
	calendar sync.Mutex // held while a calendar is written and remembered

	readBack board.Signal                 // there may be something to read back from AppFolio
	office   board.Signal                 // another kind of connection may be in force, or an office was joined
	askNow   board.Signal                 // the office is to be asked at once
	shared   board.Signal                 // what the office shares may have changed here
	claims   atomic.Pointer[officeClaims] // nil: this computer is in no office, or has not been there yet
	running  atomic.Bool                  // Run has been called and has not returned
}

// New makes a Bell from what is saved. It opens nothing yet: Run does.
func New(cfg Config) (*Bell, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	b := &Bell{cfg: cfg, readBack: board.NewSignal(), office: board.NewSignal(), askNow: board.NewSignal(), shared: board.NewSignal()}
	b.board = board.New(core.Status{Since: cfg.Now(), Sample: cfg.Sample}, cfg.Store.Summary)
	for _, make := range []func() error{b.makeNames, b.makeChoices, b.makeRegister, b.makeDoor, b.makeLookout, b.makeSharing, b.makeIntake, b.makeAnnouncer, b.makeInbox} {
		if err := make(); err != nil {
			return nil, err
		}
	}
	b.house = newHouse(cfg.Store, b.choices, b.board, cfg.Log, cfg.Now)
	return b, nil
}

func (b *Bell) makeNames() (err error) {
	if b.names, err = names.NewBook(b.cfg.Store, b.board); err != nil {
		return err
	}
	b.Reader = names.Named(b.cfg.Store, b.names.Names)
	last, err := lastDoorbell(b.cfg.Store)
	if err != nil {
		return fmt.Errorf("look up the last doorbell: %w", err)
	}
	b.board.Note(func(s *core.Status) { s.Doorbell = last })
	return nil
}

func (b *Bell) makeChoices() (err error) {
	if b.choices, err = board.NewChoices(b.cfg.Store, b.cfg.Vault, b.cfg.Override, b.board); err != nil {
		return err
	}
	b.choices.Follow(b.readBack)
	b.choices.Follow(b.office)
	b.board.Note(func(s *core.Status) {
		if s.Choices != nil {
			b.cfg.Log.Warn("settings are at their default", "err", s.Choices)
		}
		if s.Vault != nil {
			b.cfg.Log.Warn("no secrets from the keychain", "err", s.Vault)
		}
	})
	return nil
}

func (b *Bell) makeRegister() (err error) {
	b.register, err = register.New(register.Config{
		Source: b.cfg.Source, Store: b.cfg.Store, Choices: b.choices, Board: b.board, Log: b.cfg.Log, Now: b.cfg.Now,
	})
	return err
}

func (b *Bell) makeDoor() (err error) {
	var free func() (uint64, error)
	if b.cfg.Machine != nil {
		free = b.cfg.Machine.FreeSpace
	}
	b.receiver = door.NewReceiver(door.ReceiverConfig{
		Ledger: b.cfg.Store, Source: b.source, Choices: b.choices, Board: b.board, Log: b.cfg.Log, Now: b.cfg.Now,
		FreeSpace: free, Brought: b.brought, ChangedOver: b.register.ChangeOver, Proved: b.register.Proved,
	})
	b.tester = door.NewTester(b.receiver, b.sign, b.cfg.Internet)
	b.door, err = door.New(door.Config{
		Receiver: b.receiver, Store: b.cfg.Store, Reader: b.cfg.Store, Tunnel: b.cfg.Tunnel, Machine: b.cfg.Machine,
		Choices: b.choices, Board: b.board, Grace: b.cfg.Grace, Log: b.cfg.Log, Now: b.cfg.Now, Opened: b.register.Opened,
		Moved: b.askNow.Nudge,
	})
	return err
}

func (b *Bell) makeLookout() (err error) {
	b.lookout, err = lookout.New(lookout.Config{
		Store: b.cfg.Store, Reader: b.cfg.Store, Settings: b.choices.Settings, Board: b.board, Log: b.cfg.Log, Now: b.cfg.Now,
		Named: func(d core.Detail) core.Detail { return b.names.Names().Detail(d) }, Faceless: b.cfg.Faceless,
	})
	if err == nil {
		b.choices.Follow(b.lookout.Wake())
	}
	return err
}

func (b *Bell) makeAnnouncer() (err error) {
	b.announce, err = ring.New(ring.Config{
		Store: b.cfg.Store, Reader: b.Reader, Choices: b.choices, Board: b.board, Log: b.cfg.Log, Now: b.cfg.Now,
		Faceless: b.cfg.Faceless, Heard: b.heard,
	})
	return err
}

// heard passes on what has just been announced.
func (b *Bell) heard(fresh []core.Event) {
	b.door.Heard(fresh)
	if len(fresh) > 0 {
		b.lookout.Wake().Nudge()
	}
}

// source is the one of a connection kind.
func (b *Bell) source(k core.Kind) core.Source {
	if k == core.KindDeveloperSpace && b.cfg.Space != nil {
		return b.cfg.Space
	}
	return b.cfg.Source
}

func (b *Bell) sign(secret core.Secret, body []byte) http.Header {
	return b.cfg.Source.Sign(secret, body)
}

// brought says that something new is stored: to the announcer, and to whoever
// reads back what doorbells announce.
func (b *Bell) brought() {
	b.board.Nudge()
	b.readBack.Nudge()
}
