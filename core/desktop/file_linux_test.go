package desktop

import (
	"slices"
	"sync"
	"testing"

	"github.com/godbus/dbus/v5"

	"rentbell/core/bustest"
)

// fileManager is one on the bus.
type fileManager struct {
	mu    sync.Mutex
	shown []string
}

func (m *fileManager) ShowItems(files []string, _ string) *dbus.Error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shown = append(m.shown, files...)
	return nil
}

func TestAFileIsShownInTheFileManager(t *testing.T) {
	bustest.Session(t)
	d := newDesktop(t)
	if err := d.ShowFile(t.Context(), "/home/ana/June.qbo"); err == nil {
		t.Error("shown without a file manager")
	}
	conn, manager := connect(t), &fileManager{}
	if err := conn.Export(manager, "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1"); err != nil {
		t.Fatal(err)
	}
	own(t, conn, "org.freedesktop.FileManager1")
	if err := d.ShowFile(t.Context(), "/home/ana/Rentbell exports/50% & #1 Ñ.qbo"); err != nil {
		t.Fatal(err)
	}
	manager.mu.Lock()
	defer manager.mu.Unlock()
	if want := []string{"file:///home/ana/Rentbell%20exports/50%25%20&%20%231%20%C3%91.qbo"}; !slices.Equal(manager.shown, want) {
		t.Errorf("shown %q, want %q", manager.shown, want)
	}
}
