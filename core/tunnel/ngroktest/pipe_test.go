package ngroktest

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// dialled is a connection's two ends.
func dialled(t *testing.T, p *Pipe) (here, there net.Conn) {
	t.Helper()
	accepted := make(chan net.Conn, 1)
	go func() {
		c, _ := p.Accept()
		accepted <- c
	}()
	here, err := p.DialContext(t.Context(), "tcp", "anywhere:443")
	if err != nil {
		t.Fatal(err)
	}
	return here, <-accepted
}

func TestPipeCarriesWhatIsWrittenBeforeTheClose(t *testing.T) {
	p := NewPipe()
	here, there := dialled(t, p)
	if _, err := io.WriteString(here, "rent"); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(here.Close(), here.Close()); err != nil {
		t.Errorf("Close: %v", err)
	}
	if text, err := io.ReadAll(there); string(text) != "rent" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
	if _, err := there.Write([]byte{0}); !errors.Is(err, syscall.EPIPE) {
		t.Errorf("Write to nobody returned %v", err)
	}
	if _, err := here.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Read after Close returned %v", err)
	}
	if _, err := here.Write([]byte{0}); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Write after Close returned %v", err)
	}
	if p.Open() != 0 || p.Dials() != 1 {
		t.Errorf("%d open of %d dialled", p.Open(), p.Dials())
	}
}

func TestPipeKeepsDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, _ := dialled(t, NewPipe())
		began := time.Now()
		time.AfterFunc(time.Second, func() { _ = here.SetDeadline(began.Add(time.Minute)) })
		if _, err := here.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(began) != time.Minute {
			t.Errorf("Read returned %v after %v", err, time.Since(began))
		}
		if _, err := here.Write([]byte{0}); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("Write returned %v", err)
		}
	})
}

func TestPipeRefusesWhileNobodyListens(t *testing.T) {
	p := NewPipe()
	refused := func(when string) {
		t.Helper()
		if _, err := p.DialContext(t.Context(), "tcp", "anywhere:443"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("%s: dial returned %v", when, err)
		}
	}
	p.Unplug()
	refused("unplugged")
	p.Plug()
	dialled(t, p)
	_ = p.Close()
	refused("closed")
	if _, err := p.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept after Close returned %v", err)
	}
	if p.Open() != 1 {
		t.Errorf("%d are open, want the one that was not refused", p.Open())
	}
}

func TestSilentLineNeitherReadsNorWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		here, there := dialled(t, NewPipe())
		l := newLine(there)
		l.freeze()
		if _, err := io.WriteString(here, "is anybody there"); err != nil {
			t.Errorf("Write towards a silent line: %v", err)
		}
		done := make(chan error, 2)
		go func() {
			_, err := l.Read(make([]byte, 1))
			done <- err
		}()
		go func() {
			_, err := l.Write([]byte{0})
			done <- err
		}()
		time.Sleep(time.Hour)
		if len(done) != 0 {
			t.Error("a silent line did something")
		}
		_ = l.Close()
		for range 2 {
			if err := <-done; !errors.Is(err, net.ErrClosed) {
				t.Errorf("after Close: %v", err)
			}
		}
	})
}
