package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Bell is what the cards need of the engine. Methods with a context and those of
// the archive and the journal may take long and run in the background.
type Bell interface {
	Settings() core.Settings
	Account() core.Account
	Override() core.Override
	Names() *names.Table

	connector
	archive
	importer
	journal
	radar
}

// connector is what the Connection tab needs.
type connector interface {
	Register(ctx context.Context) error
	Unregister(ctx context.Context) error
	Reconnect()
	ReadNow()
	SendTest(ctx context.Context) (time.Duration, error)
	Check(ctx context.Context) core.Report
	CheckKey(ctx context.Context, key core.Secret) (known bool, err error)
	TryAccount(ctx context.Context, a core.Account) (records, receipts error)
}

// archive is what the Data tab needs.
type archive interface {
	Data() (core.Data, error)
	Expired(ctx context.Context, years int) (core.Expired, error)
	KeepFor(ctx context.Context, years int) error
	Backup(ctx context.Context, path string, progress func(done, total int)) error
	Examine(ctx context.Context, path string, progress func(done, total int)) (core.Candidate, error)
	Restore(c core.Candidate) (aside string, err error)
	MoveSecrets(ctx context.Context, to core.VaultKind, passphrase core.Secret) error
}

// importer is what the card that imports tables needs.
type importer interface {
	LastImport() (core.PastImport, error)
	UndoImport(ctx context.Context, of core.PastImport) (core.Undone, error)
}

// journal is what the Exports tab needs.
type journal interface {
	PastExports() ([]core.PastExport, error)
	ForgetExport(ctx context.Context, e core.PastExport) error
	ExportAgain(ctx context.Context, path string, e core.PastExport) error
}

// Config has all that the Settings page needs from outside.
type Config struct {
	Window  fyne.Window // the parent of dialogs
	Post    frame.Poster
	Chooser *chooser.Chooser
	Saver   *frame.Saver
	Bell    Bell
	Now     func() time.Time
	Report  func(doing string, err error)

	Version string
	Dir     string   // where the data is
	Sounds  bool     // false: the system cannot play a sound with a notification
	Office  Office   // nil: this program cannot join one
	Host    string   // the name of this computer
	Login   Login    // nil: the system cannot start Rentbell at sign-in
	Updates *Updates // nil: this build cannot look for newer versions

	ExportDir func(core.Settings) string // the folder of the next export
	Do        Presses
}

// Presses are actions of the window outside of Settings. All return at once.
type Presses struct {
	Ring       func(core.Ring) // shows a notification
	Copy       func(text string)
	OpenFolder func(dir string)
	OpenPage   func(address string)
	Unlock     func() // asks for the passphrase, or makes the password store ask
	InMemory   func() // asks whether keys stay in memory while the password store is locked
	Protect    func() // asks for a new passphrase and keeps the keys in a file under it
	Import     func() // opens the import dialog
	Export     func() // opens the export dialog
	Imported   func() // shows what is known now that an import was undone
	Restored   func() // shows the records of a backup that has been restored
	CountDown  func() // has Show called as often as View.Counts says
}

// tasks is what all cards share: the Config, the page, what was read from disk, and what
// the receiver of the office has told.
type tasks struct {
	Config
	view     *View // lays the page out again when a card's height has changed
	disk     disk
	managing managing
}

// New makes the Settings page.
func New(cfg Config) *View { return newView(&tasks{Config: cfg}) }

func (w *tasks) ask(q frame.Question) { frame.Ask(w.Window.Canvas(), q) }

// at returns a time in words, in the reader's time zone.
func (w *tasks) at(t time.Time) string {
	now := w.Now()
	return words.Tongue.At(t.In(now.Location()), now)
}

func (w *tasks) asker() frame.Asker { return frame.Asker{Post: w.Post, Bell: w.Bell} }
