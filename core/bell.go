package core

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Config is what a Bell is made of.
type Config struct {
	Store  Store
	Source Registrar // of the webhook API
	// Space is Developer Space; nil: this program does not know it.
	Space  DeveloperSpace
	Tunnel Tunnel
	Vault  Vault
	// Machine tells about this computer; nil: nothing is known.
	Machine Machine
	// Internet is the way to our own public address, for test events; nil: the
	// usual one.
	Internet http.RoundTripper
	Log      *slog.Logger
	Now      func() time.Time // nil: time.Now

	// Override holds what flags and environment say. It counts for this run,
	// before what is saved, and is never saved.
	Override Override
	// Faceless: there is no window, so nothing rings here.
	Faceless bool
	// Sample marks the data as made up, which the face says.
	Sample bool
}

// Override holds settings and secrets for one run. Zero fields leave what is saved.
type Override struct {
	Kind        Kind
	Space       Space
	Secrets     Secrets
	AppFolioURL string
	Register    bool
	Tunnel      TunnelOptions // its authtoken is in Secrets
}

// Bell is Rentbell at work. Its methods may be called from any goroutine; the
// embedded Reader answers from the store, with the names in force.
type Bell struct {
	Reader
	cfg Config
	log *slog.Logger
	now func() time.Time

	account       atomic.Pointer[Account] // in force: override before what is saved and kept; read by every delivery
	storageFailed atomic.Bool             // the last commit failed
	uncheckable   atomic.Bool             // a delivery could not be checked, and none has verified since
	running       atomic.Bool             // Run has been called and has not returned
	changedOver   atomic.Bool             // a delivery has come under a new webhook secret

	crowd *crowd // everybody who is connected

	changing sync.Mutex // held while settings are changed and saved, so that no change undoes another

	keeping sync.Mutex // held while kept secrets are changed, keychain and all, so that no change undoes another

	exporting sync.Mutex // held while remembered exports are changed, for the same reason

	naming sync.Mutex                // held while names are changed, for the same reason
	names  atomic.Pointer[NameTable] // never nil; every answer of the Reader bears them

	mu       sync.Mutex
	settings Settings // as saved
	kept     Secrets  // as kept in the vault, or in memory when there is none
	away     away
	bookmark Bookmark
	heard    uint64 // the newest event announced, or there at the start
	door     door
	unread   bool                        // the vault has not told what it keeps; kept is not the whole truth
	status   Status                      // without Summary, which is read when it is published
	pressed  bool                        // the user asked for a registration; the registrar takes it
	tests    map[string]chan<- time.Time // test events that are under way, by id

	arrived      chan struct{} // capacity 1: events or a status wait to be published
	registration chan struct{} // capacity 1: what is wanted may differ from what is registered
	unlearned    chan struct{} // capacity 1: there may be something to read back
	uneasy       chan struct{} // capacity 1: a drop that may have to be told, or a gap to be noted
	grace        time.Duration // reconnectGrace
	untidy       chan struct{} // capacity 1: the store is to be looked over soon
	startedAt    time.Time

	reading  sync.Mutex // held while events are read to be announced, so that a restore never falls in between
	firstSeq uint64     // events up to this one were there at the start, or when a backup was restored
	restored bool       // the announcer has not heard of a restore yet

	publishing sync.Mutex // held while watchers are called, so that changes arrive in order
	watchers   map[int]func(Change)
	nextWatch  int
}

// New makes a Bell from what is saved. It opens nothing yet: Run does.
func New(cfg Config) (*Bell, error) {
	settings, err := cfg.Store.Settings()
	if err != nil {
		return nil, fmt.Errorf("load settings: %w", err)
	}
	registered, err := cfg.Store.Registration()
	if err != nil {
		return nil, fmt.Errorf("load registration: %w", err)
	}
	summary, err := cfg.Store.Summary()
	if err != nil {
		return nil, fmt.Errorf("count events: %w", err)
	}
	names, err := cfg.Store.Names()
	if err != nil {
		return nil, fmt.Errorf("load names: %w", err)
	}
	bookmark, err := cfg.Store.Bookmark()
	if err != nil {
		return nil, fmt.Errorf("load how far the bell has got: %w", err)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	b := &Bell{
		cfg: cfg, log: cfg.Log, now: cfg.Now, settings: settings,
		bookmark: bookmark, heard: summary.LastSeq,
		arrived: make(chan struct{}, 1), registration: make(chan struct{}, 1), unlearned: make(chan struct{}, 1),
		uneasy: make(chan struct{}, 1), crowd: newCrowd(), grace: reconnectGrace,
		untidy:   make(chan struct{}, 1),
		firstSeq: summary.LastSeq, startedAt: cfg.Now(), watchers: map[int]func(Change){}, tests: map[string]chan<- time.Time{}, door: door{hangUp: func() {}},
	}
	b.names.Store(NewNameTable(names))
	b.Reader = Named(cfg.Store, b.Names)
	b.status = Status{Since: b.now(), MutedUntil: settings.MutedUntil, Sample: cfg.Sample,
		Registration: RegistrationStatus{Address: registered.Address, At: registered.At}}
	if b.status.Doorbell, err = lastDoorbell(cfg.Store); err != nil {
		return nil, fmt.Errorf("look up the last doorbell: %w", err)
	}
	if err := b.recallAway(); err != nil {
		return nil, fmt.Errorf("recall times without a tunnel: %w", err)
	}
	b.unread = true
	if err := b.readVault(); err != nil {
		b.log.Warn("no secrets from the keychain", "err", err)
	}
	return b, nil
}

// Status returns the present status.
func (b *Bell) Status() Status {
	b.mu.Lock()
	s := b.status
	s.Away = b.away.notice()
	s.Unread = b.unreadCount()
	b.mu.Unlock()
	summary, err := b.Summary()
	if err != nil { // a store that cannot be read says so itself
		s.Storage = err
	}
	s.Summary = summary
	return s
}

// Watch calls fn with every change from now on, one at a time and in order,
// until stop is called. fn must not block for long and must not call what
// publishes (Change, ChangeSecrets…). After stop has returned fn is not called.
func (b *Bell) Watch(fn func(Change)) (stop func()) {
	b.publishing.Lock()
	defer b.publishing.Unlock()
	id := b.nextWatch
	b.nextWatch++
	b.watchers[id] = fn
	return func() {
		b.publishing.Lock()
		defer b.publishing.Unlock()
		delete(b.watchers, id)
	}
}

// Settings returns the saved settings, without what this run overrides.
func (b *Bell) Settings() Settings {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.settings
}

// Change edits the settings as they are saved at that moment, checks, saves and
// follows them. Changes wait for each other, so that none undoes another. It
// writes to disk: not for the UI goroutine. After an error nothing has changed;
// errors are those of Settings.Validate, or wrap ErrStorage.
func (b *Bell) Change(ctx context.Context, edit func(*Settings)) error {
	b.changing.Lock()
	defer b.changing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	s := b.Settings()
	edit(&s)
	if err := s.Validate(); err != nil {
		return err
	}
	if err := b.cfg.Store.SaveSettings(s); err != nil {
		return fmt.Errorf("save settings: %w", err)
	}
	b.mu.Lock()
	before, known := b.wantedTunnel(), b.Account().Complete()
	b.settings = s
	b.status.MutedUntil = s.MutedUntil
	b.refreshAccount()
	moved := b.wantedTunnel() != before || b.Account().Complete() != known
	b.mu.Unlock()
	if moved {
		b.Reconnect()
	}
	nudge(b.registration)
	nudge(b.unlearned)
	nudge(b.arrived)
	return nil
}

// Override returns what flags and environment say for this run.
func (b *Bell) Override() Override { return b.cfg.Override }

// MarkHandled takes a concern off the Needs attention list. It writes to disk.
func (b *Bell) MarkHandled(concern uint64) error {
	if err := b.cfg.Store.MarkHandled(concern); err != nil {
		return err
	}
	nudge(b.arrived)
	return nil
}

// set changes the status and has it published.
func (b *Bell) set(change func(*Status)) {
	b.mu.Lock()
	change(&b.status)
	b.mu.Unlock()
	nudge(b.arrived)
}

// nudge wakes the owner of a capacity-1 channel; a nudge that is already
// waiting serves for both.
func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
