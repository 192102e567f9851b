package remote

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"

	"rentbell/core"
)

// ChannelFiles are what an open control channel leaves in a data directory.
var ChannelFiles []string

func TestPipeIsOneForEachDirectoryHoweverItIsWritten(t *testing.T) {
	dir := t.TempDir()
	want, err := pipeOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(dir))
	for _, written := range []string{strings.ToUpper(dir), dir + `\`, filepath.Base(dir), `.\x\..\` + filepath.Base(dir)} {
		if got, err := pipeOf(written); err != nil || got != want {
			t.Errorf("%s has the pipe %s, %v; %s has %s", written, got, err, dir, want)
		}
	}
	if other, err := pipeOf(filepath.Join(dir, "b")); err != nil || other == want {
		t.Errorf("a directory in it has the pipe %s, %v", other, err)
	}
}

func TestPipeIsOpenToItsUserAlone(t *testing.T) {
	dir := t.TempDir()
	takeConnections(t, dir)
	conn, err := dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	about, err := windows.GetSecurityInfo(windows.Handle(conn.(interface{ Fd() uintptr }).Fd()), windows.SE_KERNEL_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		t.Fatal(err)
	}
	user, err := self()
	if err != nil {
		t.Fatal(err)
	}
	if got, who := about.String(), user.String(); strings.Count(got, "(") != 1 || !strings.HasSuffix(got, ";;;"+who+")") {
		t.Errorf("it is open to %s, want %s alone", got, who)
	}
}

func TestPipeOfAnotherUserIsAskedNothing(t *testing.T) {
	dir := t.TempDir()
	name, err := pipeOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	const administrators = "BA"
	l, err := winio.ListenPipe(name, &winio.PipeConfig{SecurityDescriptor: "O:" + administrators + "D:P(A;;GA;;;WD)"})
	if err != nil {
		t.Skip("this user cannot make what belongs to others:", err)
	}
	accept(t, l)
	if _, err := dial(t.Context(), dir); !errors.Is(err, core.ErrForeignDir) {
		t.Errorf("dial: %v", err)
	}
}
