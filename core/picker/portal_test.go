//go:build linux

package picker

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/godbus/dbus/v5"

	"rentbell/core/bustest"
)

// asked is a question as the portal got it.
type asked struct {
	method, parent, title string
	options               map[string]dbus.Variant
}

// standIn is a portal. Its methods are those on the bus.
type standIn struct {
	conn   *dbus.Conn
	asked  chan asked
	closed chan dbus.ObjectPath
	other  atomic.Value                             // the dbus.ObjectPath where to wait, if not where it was asked to be
	reply  func(handle dbus.ObjectPath) *dbus.Error // before it says where to wait
}

// serve puts a stand-in on the bus.
func serve(t *testing.T, reply func(s *standIn, handle dbus.ObjectPath) *dbus.Error) *standIn {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() }) // a test may have closed it already
	s := &standIn{conn: conn, asked: make(chan asked, 1), closed: make(chan dbus.ObjectPath, 1)}
	s.reply = func(handle dbus.ObjectPath) *dbus.Error { return reply(s, handle) }
	if err := conn.Export(s, portalPath, chooser); err != nil {
		t.Fatal(err)
	}
	if err := conn.ExportSubtreeMethodTable(map[string]any{"Close": func(m dbus.Message) *dbus.Error {
		s.closed <- m.Headers[dbus.FieldPath].Value().(dbus.ObjectPath)
		return nil
	}}, portalPath+"/request", request); err != nil {
		t.Fatal(err)
	}
	if got, err := conn.RequestName(portal, dbus.NameFlagDoNotQueue); err != nil || got != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("own %s: reply %d, %v", portal, got, err)
	}
	return s
}

func (s *standIn) OpenFile(sender dbus.Sender, parent, title string, o map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return s.ask(sender, asked{"open", parent, title, o})
}

func (s *standIn) SaveFile(sender dbus.Sender, parent, title string, o map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return s.ask(sender, asked{"save", parent, title, o})
}

func (s *standIn) ask(sender dbus.Sender, a asked) (dbus.ObjectPath, *dbus.Error) {
	name := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	handle := dbus.ObjectPath(portalPath + "/request/" + name + "/" + a.options["handle_token"].Value().(string))
	s.asked <- a
	if other, is := s.other.Load().(dbus.ObjectPath); is {
		return other, nil
	}
	return handle, s.reply(handle)
}

// answers is a user who does something at once, even before the portal has said
// where to wait for it.
func answers(how uint32, uris ...string) func(*standIn, dbus.ObjectPath) *dbus.Error {
	return func(s *standIn, handle dbus.ObjectPath) *dbus.Error {
		if err := s.conn.Emit(handle, request+".Response", how, map[string]dbus.Variant{"uris": dbus.MakeVariant(uris)}); err != nil {
			return dbus.MakeFailedError(err)
		}
		return nil
	}
}

func silent(*standIn, dbus.ObjectPath) *dbus.Error { return nil }

func TestThePathIsTheOneThatWasChosen(t *testing.T) {
	bustest.Session(t)
	for uri, want := range map[string]string{
		"file:///home/ana/names.csv":             "/home/ana/names.csv",
		"file:///home/ana/a+b%20c%25.csv":        "/home/ana/a+b c%.csv", // + is no space in a path
		"file:///home/ana/Jos%C3%A9/%231%3F.csv": "/home/ana/José/#1?.csv",
		"file://localhost/home/ana/":             "/home/ana",
		"smb://office/share/names.csv":           "",
		"file://office/share/names.csv":          "",
		"file:///home/ana/x%00.csv":              "",
		"names.csv":                              "",
		"file:names.csv":                         "",
		"file:///home/%zz":                       "",
	} {
		s := serve(t, answers(0, uri))
		got, err := Picker{}.Pick(t.Context(), Question{})
		if got != want || (want == "") != errors.Is(err, ErrNone) {
			t.Errorf("%s is %q, %v; want %q", uri, got, err, want)
		}
		_ = s.conn.Close()
	}
}

func TestTheDialogIsAskedForAsItShould(t *testing.T) {
	bustest.Session(t)
	s := serve(t, answers(1))
	dir := t.TempDir()
	ask := func(q Question) asked {
		t.Helper()
		if path, err := (Picker{}).Pick(t.Context(), q); path != "" || err != nil {
			t.Errorf("what was cancelled is %q, %v", path, err)
		}
		return <-s.asked
	}
	open := ask(Question{Title: "Choose", Dir: dir, Files: "CSV files", Kinds: []string{".csv", ".7z"}, Parent: Parent{X11: 0x2a0001f}})
	if open.method != "open" || open.title != "Choose" || open.parent != "x11:2a0001f" || open.options["directory"].Value() != nil {
		t.Errorf("asked for a file by %+v", open)
	}
	if got := string(open.options["current_folder"].Value().([]byte)); got != dir+"\x00" {
		t.Errorf("begins in %q", got)
	}
	var files []filter
	if err := dbus.Store([]any{open.options["filters"].Value()}, &files); err != nil {
		t.Fatal(err)
	}
	sent := options(Question{Files: "CSV files", Kinds: []string{".csv"}})["filters"]
	if got := fmt.Sprint(files); got != "[{CSV files [{0 *.[cC][sS][vV]} {0 *.7[zZ]}]}]" || sent.Signature().String() != "a(sa(us))" {
		t.Errorf("files to choose from: %s of %s", got, sent.Signature())
	}
	folder := ask(Question{What: Folder, Dir: filepath.Join(dir, "not there")})
	if folder.method != "open" || folder.parent != "" || folder.options["directory"].Value() != true || folder.options["current_folder"].Value() != nil {
		t.Errorf("asked for a folder by %+v", folder)
	}
	save := ask(Question{What: Save, Name: "Rentbell names.csv"})
	if save.method != "save" || save.options["current_name"].Value() != "Rentbell names.csv" {
		t.Errorf("asked where to save by %+v", save)
	}
}

func TestWhereNobodyAsksOthersMay(t *testing.T) {
	fails := func(t *testing.T) {
		t.Helper()
		if path, err := (Picker{}).Pick(t.Context(), Question{}); path != "" || !errors.Is(err, ErrNone) {
			t.Errorf("got %q, %v", path, err)
		}
	}
	t.Run("bus", func(t *testing.T) {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "bus"))
		fails(t)
	})
	t.Run("portal", func(t *testing.T) {
		bustest.Session(t)
		fails(t)
	})
	t.Run("file chooser", func(t *testing.T) {
		bustest.Session(t)
		s := serve(t, silent)
		if err := s.conn.Export(nil, portalPath, chooser); err != nil {
			t.Fatal(err)
		}
		fails(t)
	})
	for name, reply := range map[string]func(*standIn, dbus.ObjectPath) *dbus.Error{
		"error":      func(*standIn, dbus.ObjectPath) *dbus.Error { return dbus.MakeFailedError(errors.New("no backend")) },
		"ended":      answers(2),
		"no file":    answers(0),
		"two files":  answers(0, "file:///a", "file:///b"),
		"no answer":  func(s *standIn, h dbus.ObjectPath) *dbus.Error { _ = s.conn.Emit(h, request+".Response"); return nil },
		"it crashes": func(s *standIn, _ dbus.ObjectPath) *dbus.Error { _ = s.conn.Close(); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			bustest.Session(t)
			serve(t, reply)
			fails(t)
		})
	}
}

func TestAPortalThatNeverAnswersIsLeft(t *testing.T) {
	bustest.Session(t)
	s := serve(t, silent)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := Picker{}.Pick(ctx, Question{})
		done <- err
	}()
	<-s.asked
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) || errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
	<-s.closed // its dialog goes, too
}

// Two dialogs would stand there, and one of them for nothing.
func TestADialogThatAnswersElsewhereIsClosed(t *testing.T) {
	bustest.Session(t)
	s := serve(t, silent)
	const other = dbus.ObjectPath(portalPath + "/request/1_1/other")
	s.other.Store(other)
	if _, err := (Picker{}).Pick(t.Context(), Question{}); !errors.Is(err, ErrNone) {
		t.Errorf("got %v", err)
	}
	if closed := <-s.closed; closed != other {
		t.Errorf("closed %s", closed)
	}
}
