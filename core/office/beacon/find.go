package beacon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"slices"
	"strings"
	"time"

	"rentbell/core"
)

const (
	rounds    = 3 // a question that Wi-Fi lost is asked again
	roundTime = time.Second

	mostFound   = 16
	mostPackets = 1024 // that are read in all
)

// Find looks for offices for three seconds, and returns at most 16, sorted by name. An
// error says that this computer cannot look.
func Find(ctx context.Context) ([]core.OfficeFound, error) {
	conn, err := new(net.ListenConfig).ListenPacket(ctx, "udp4", ":0")
	if err != nil {
		return nil, fmt.Errorf("look for an office: %w", err)
	}
	defer func() { _ = conn.Close() }() // it was only read
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	found, err := look(conn)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("look for an office: %w", err)
	}
	return found, nil
}

// look asks, and reads answers for a while after each time.
func look(conn net.PacketConn) ([]core.OfficeFound, error) {
	asks, err := question()
	if err != nil {
		return nil, err
	}
	found, left := map[string]core.OfficeFound{}, mostPackets
	for range rounds {
		if _, err := conn.WriteTo(asks, group); err != nil {
			return nil, err
		}
		if err := conn.SetReadDeadline(time.Now().Add(roundTime)); err != nil {
			return nil, err
		}
		left = gather(conn, found, left)
	}
	return slices.SortedFunc(maps.Values(found), func(a, b core.OfficeFound) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Address, b.Address))
	}), nil
}

// gather notes who answers, by address, until conn's deadline. It reads as many packets as
// are left, and returns how many are left then.
func gather(conn net.PacketConn, found map[string]core.OfficeFound, left int) int {
	packet := make([]byte, maxPacket)
	for ; left > 0; left-- {
		n, _, err := conn.ReadFrom(packet)
		switch {
		case errors.Is(err, os.ErrDeadlineExceeded):
			return left
		case err != nil:
			continue // Windows tells of a packet that is too long, and of one that did not arrive
		}
		for _, o := range read(packet[:n]) {
			if len(found) < mostFound {
				found[o.Address] = o
			}
		}
	}
	return left
}
