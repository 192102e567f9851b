package hub

import (
	"io"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// passing has bytes passed between a desk's end and the server's, and says when that ended.
func passing() (desk, server net.Conn, ended <-chan time.Time) {
	desk, outside := net.Pipe()
	inside, server := net.Pipe()
	end := make(chan time.Time, 1) // nobody may wait for it
	go func() {
		pass(outside, inside)
		end <- time.Now()
	}()
	return desk, server, end
}

// ping sends a byte every 10 seconds, until that fails or there were enough.
func ping(conn net.Conn, times int) {
	for range times {
		time.Sleep(10 * time.Second) // of the bubble
		if _, err := conn.Write([]byte("p")); err != nil {
			return
		}
	}
}

func TestADeskThatKeepsQuietIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk, server, ended := passing()
		began := time.Now()
		var others sync.WaitGroup
		others.Go(func() {
			_, _ = io.Copy(io.Discard, server) // ends as the server hears that the desk has gone
			_ = server.Close()                 // it only ends the passing
		})
		defer others.Wait()
		ping(desk, 360)
		if took := (<-ended).Sub(began); took != time.Hour+silence {
			t.Errorf("it pings for an hour, and is let go after %v", took)
		}
	})
}

func TestADeskThatTakesNothingIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		desk, server, ended := passing()
		began := time.Now()
		var others sync.WaitGroup
		others.Go(func() { ping(desk, 360) })
		others.Go(func() { _, _ = io.Copy(io.Discard, server) }) // ends as the server hears that the desk has gone
		defer others.Wait()
		if _, err := server.Write([]byte("an event")); err != nil {
			t.Fatal(err)
		}
		if took := (<-ended).Sub(began); took != silence {
			t.Errorf("it is let go after %v", took)
		}
	})
}
