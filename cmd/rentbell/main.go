// Command rentbell is the app with a window and a tray icon. It reads the
// flags, opens the data directory, makes the Bell and the window, and closes
// them in the opposite order. All else is in ui and core.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	stdlog "log"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"

	"rentbell/cmd/internal/launch"
	"rentbell/cmd/internal/logs"
	"rentbell/cmd/internal/opengl"
	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/desktop"
	"rentbell/core/keychain"
	"rentbell/core/picker"
	"rentbell/core/remote"
	"rentbell/ui"
	"rentbell/ui/words"
)

const usage = `Usage:
  rentbell [--data DIR] [--demo] [--hidden] [--listen 127.0.0.1:PORT [--public-url https://NAME]] [--register] [--appfolio-url URL]
           [--kind webhook-api|developer-space|reports] [--reports-dir DIR]
           [--ngrok-url https://NAME] [--ngrok-proxy-url URL] [--ngrok-connect-url HOST:PORT] [--ngrok-connect-cas FILE]
  rentbell --quit [--data DIR]
  rentbell --at-login on|off [--data DIR]
  rentbell --version

--quit ends every window of yours, or the one of a data directory, and waits until it has gone.
--at-login starts Rentbell in the tray when you sign in, or no more; Settings has the same switch.

Settings are made in the window. These flags, and the environment variables APPFOLIO_API_KEY,
APPFOLIO_WEBHOOK_SECRET and NGROK_AUTHTOKEN, count for this run and are not saved. Instead of a
variable, the same name with _FILE may hold the path of a file with the value.
`

// Exit codes: 1 after an error, 2 after wrong flags or arguments.
const (
	exitFailed = 1
	exitUsage  = 2
)

func main() { os.Exit(run(os.Args[1:])) }

// keychainStart is how long the window waits for the keychain. One that has not
// answered after keychainPatience more is waiting for its user, as a rule.
const (
	keychainStart    = 250 * time.Millisecond
	keychainPatience = 1750 * time.Millisecond
)

// startOver is a time after which the window is surely drawn.
const startOver = 5 * time.Second

// call holds what the command line asks for.
type call struct {
	dir          string
	demo, hidden bool
	version      bool // print it, and do nothing else
	quit         bool // end what runs, and do nothing else
	signIn       string
	connection   launch.Connection
}

func run(args []string) int {
	c, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(usage)
		return 0
	case err != nil:
		fmt.Fprintf(os.Stderr, "rentbell: %v\n\n%s", err, usage)
		return exitUsage
	case c.version:
		fmt.Println("rentbell", version)
		return 0
	case c.quit:
		return told(c.endOthers())
	case c.signIn != "":
		return told(c.setAtLogin())
	}
	return c.run()
}

// told returns the exit code of a command that has no window, and prints why it
// failed.
func told(err error) int {
	if err == nil {
		return 0
	}
	fmt.Fprintf(os.Stderr, "rentbell: %v\n", err)
	return exitFailed
}

// run shows the window until the user quits, and returns the exit code.
func (c *call) run() int {
	out := logs.New(os.Stderr)
	defer func() { _ = out.Close() }() // what it holds is the system's
	stdlog.SetOutput(out)              // Fyne's
	log := slog.New(slog.NewTextHandler(out, nil))
	if err := words.Speak(lang.SystemLocale()); err != nil {
		log.Warn("Rentbell speaks English", "err", err)
	}
	err := c.start(out, log)
	var unclean *endError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errAnew):
		return startedAnew(log)
	case errors.As(err, &unclean): // Fyne has run, and cannot show a second window
		log.Error("Rentbell did not end well", "err", err)
		return exitFailed
	}
	log.Error("Rentbell could not start", "err", err)
	c.keepReason(out, err)
	if errors.Is(err, opengl.ErrTooOld) {
		return drawElsewhere(log)
	}
	if !tellFailure(err, c.dir) {
		return exitFailed
	}
	return startedAnew(log)
}

// endError is what went wrong after the window had ended.
type endError struct{ error }

func parse(args []string) (call, error) {
	var c call
	flags := flag.NewFlagSet("rentbell", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run prints the error and the usage
	flags.StringVar(&c.dir, "data", "", "data `DIR`ectory")
	flags.BoolVar(&c.demo, "demo", false, "show made-up data")
	flags.BoolVar(&c.hidden, "hidden", false, "start in the tray")
	flags.BoolVar(&c.version, "version", false, "print the version")
	flags.BoolVar(&c.quit, "quit", false, "end what runs")
	flags.Func("at-login", "start at sign-in: `on or off`", func(s string) error {
		if c.signIn = s; s != "on" && s != "off" {
			return errors.New("say on or off")
		}
		return nil
	})
	c.connection.AddFlags(flags)
	if err := flags.Parse(args); err != nil {
		return c, err
	}
	if flags.NArg() > 0 {
		return c, fmt.Errorf("unexpected%s", launch.Quoted(flags.Arg(0)))
	}
	if c.quit || c.signIn != "" { // neither connects
		return c, nil
	}
	if err := c.connection.ReadEnv(os.Getenv); err != nil {
		return c, err
	}
	return c, c.connection.Check()
}

// start runs Rentbell until the user quits. When another Rentbell has the data,
// start brings that one's window to the front and returns.
func (c *call) start(out *logs.Output, log *slog.Logger) error {
	if !c.demo {
		if done, err := c.raiseRunning(); done || err != nil {
			return err
		}
	}
	if err := opengl.Check(); errors.Is(err, opengl.ErrTooOld) {
		return err
	} else if err != nil {
		log.Warn("cannot tell whether a window can be drawn", "err", err)
	}
	var face atomic.Pointer[ui.UI] // nil until the window is made
	show := func() error {
		if u := face.Load(); u != nil {
			u.Raise()
		}
		return nil
	}
	leaving, leave := context.WithCancel(context.Background())
	defer leave()
	opening := c.beginOpening(launch.Options{Program: "rentbell", Tongue: words.Tongue, Show: show, Quit: leave, Log: log})
	defer opening.stop()
	desk, err := opening.finish(c.dir, log)
	if err != nil || desk == nil {
		return err
	}
	if !c.demo {
		if err := out.Keep(desk.Dir()); err != nil {
			log.Warn("no log file", "err", err)
		}
	}
	c.show(leaving, desk, &face, log)
	if err := desk.Close(); err != nil {
		return &endError{err}
	}
	return nil
}

// keepReason writes why Rentbell could not start to the log of the data
// directory, where that is this user's and nobody else is writing there.
func (c call) keepReason(out *logs.Output, reason error) {
	for _, other := range []error{core.ErrInUse, core.ErrForeignDir, core.ErrForeignLink, core.ErrSharedDir} {
		if errors.Is(reason, other) {
			return
		}
	}
	if c.demo {
		return // its directory is for one run
	}
	if errors.Is(reason, opengl.ErrTooOld) {
		_ = os.MkdirAll(c.dir, 0o700) // a first start has not made it yet
	}
	if _, err := os.Stat(c.dir); err != nil {
		return
	}
	_ = out.Keep(c.dir) // what is wrong is on the screen too
}

// raiseRunning asks a Rentbell that has the data open to show its window. done is
// false if there is none.
func (c *call) raiseRunning() (done bool, err error) {
	if c.dir == "" {
		if c.dir, err = launch.DefaultDir(); err != nil {
			return false, err
		}
	}
	ctx := context.Background() // each step below has its own time limit
	other, err := remote.Dial(ctx, c.dir)
	if err != nil {
		return false, nil // nobody answers: the data is free, or opening it will return the reason
	}
	if err := other.Show(ctx); err != nil {
		return false, fmt.Errorf("data directory %s: %w: %w", c.dir, core.ErrInUse, err)
	}
	return true, nil
}

// desk is what the window needs of an App or a Demo.
type desk interface {
	Run(context.Context)
	Core() *bell.Bell
	Dir() string
	Close() error
}

func (c call) open(ctx context.Context, o launch.Options) (desk, error) {
	if c.demo {
		o.Connection = launch.Connection{Kind: c.connection.Kind}
		return launch.OpenDemo(o)
	}
	profile, err := profileOf(c.dir)
	if err != nil {
		return nil, err
	}
	o.Dir, o.Connection = c.dir, c.connection
	o.Vault = keychain.New(keychain.Config{Dir: c.dir, Profile: profile, Start: keychainStart, LoadTime: keychainPatience})
	return launch.Open(ctx, o)
}

// profileOf returns the keychain profile of a data directory, so that two
// directories do not share secrets.
func profileOf(dir string) (string, error) {
	usual, err := launch.DefaultDir()
	if err != nil || dir == usual {
		return "", err
	}
	return keychain.ProfileOf(dir)
}

// show runs the Bell and the window until the user quits or leaving ends. The
// window ends first, then the Bell.
func (c call) show(leaving context.Context, d desk, face *atomic.Pointer[ui.UI], log *slog.Logger) {
	app.SetMetadata(metadata)
	fyneApp := app.NewWithID(metadata.ID)
	keepStill(fyneApp)
	// Fyne quits on an interrupt and on SIGTERM, but only once its loop runs.
	// This context catches a signal that comes earlier, while the window is
	// being made.
	watching, stopWatching := signal.NotifyContext(leaving, os.Interrupt, syscall.SIGTERM)
	defer stopWatching()
	stopQuitting := context.AfterFunc(watching, func() { fyne.Do(fyneApp.Driver().Quit) })
	defer stopQuitting()
	quit := func() {
		stopQuitting()
		stopWatching()
		fyneApp.Quit()
	}
	surroundings := desktop.New(icon())
	defer func() { _ = surroundings.Close() }() // no notification follows, so an error does not matter
	var office ui.Office                        // made-up data follows none
	if app, real := d.(*launch.App); real {
		office = app
	}
	host, _ := os.Hostname() // a desk without a name gets one
	u := ui.New(watching, ui.Config{
		App: fyneApp, Bell: d.Core(), Log: log, Quit: quit, Version: version, Dir: d.Dir(),
		Desktop: surroundings, TrayPixels: desktop.IconPixels(), Files: picker.Picker{}, Login: c.atLogin(log), Explore: explore, Updates: c.updates(d.Core(), d.Dir()),
		Office: office, Host: host,
	})

	receiving, stopReceiving := context.WithCancel(context.Background())
	var bell sync.WaitGroup
	bell.Go(func() { d.Run(receiving) })
	defer bell.Wait()
	defer stopReceiving()
	face.Store(u)
	if c.hidden {
		u.StartHidden()
	} else {
		u.Show()
	}
	// Drawing the first picture takes twice the memory that Rentbell needs
	// later. Go would keep that memory in a process that is mostly idle, so it
	// is given back here.
	atRest := time.AfterFunc(startOver, debug.FreeOSMemory)
	defer atRest.Stop()
	runLoop(fyneApp)
}

// runLoop runs Fyne's loop and then what Fyne keeps for its end: it writes
// the preferences. Fyne 2.8 sends that to a queue while it closes the queue.
// When the queue closes first, Fyne waits for ever, and a Rentbell without a
// window holds the data.
func runLoop(a fyne.App) {
	atEnd := func() {}
	if l, ok := a.Lifecycle().(interface {
		OnStopped() func()
		SetOnStoppedHookExecuted(func())
	}); ok {
		if hook := l.OnStopped(); hook != nil {
			atEnd = hook
		}
		l.SetOnStoppedHookExecuted(nil)
	}
	a.Run()
	atEnd()
}
