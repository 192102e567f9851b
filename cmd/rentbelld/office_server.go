package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/beacon"
	"rentbell/core/office/hub"
	"rentbell/core/office/shared"
	"rentbell/core/tunnel"
	"rentbell/store"
)

// officeServer is what the flags of serve say of an office.
type officeServer struct {
	at      string // ADDR:PORT; empty: there is no office
	nats    string // addresses of a NATS cluster; empty: the office has a JetStream of its own
	ca      string // PEM file; empty: the computer's own certificates count
	cluster *hub.Cluster
}

func (o *officeServer) addFlags(flags *flag.FlagSet) {
	flags.StringVar(&o.at, "office", "", "serve the desks of an office on this `ADDR:PORT`")
	flags.StringVar(&o.nats, "office-nats", "", "with --office: leaf node port of a NATS cluster that keeps the office's stream, `tls://HOST:PORT`; several with commas between")
	flags.StringVar(&o.ca, "office-nats-ca", "", "with --office-nats: PEM `FILE` of the cluster's certificates")
}

// check returns an error for what cannot be used.
func (o *officeServer) check(getenv func(string) string) error {
	switch {
	case o.nats == "" && o.ca == "":
		return nil
	case o.nats == "":
		return fmt.Errorf("%w: --office-nats-ca needs --office-nats", errUsage)
	case o.at == "":
		return fmt.Errorf("%w: --office-nats needs --office", errUsage)
	}
	credentials, err := launch.NATSCredentials(getenv)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if credentials.IsZero() {
		return fmt.Errorf("%w: %s", launch.ErrMissing, launch.EnvNATSCredentials)
	}
	o.cluster, err = hub.NewCluster(o.nats, o.ca, credentials)
	switch {
	case errors.Is(err, hub.ErrClusterSecret):
		return fmt.Errorf("%w: --office-nats: %w: %s_FILE", errUsage, err, launch.EnvNATSCredentials)
	case errors.Is(err, hub.ErrClusterCreds):
		return fmt.Errorf("%w: %s: %w", errUsage, launch.EnvNATSCredentials, err)
	case err != nil:
		return fmt.Errorf("%w: --office-nats: %w", errUsage, err)
	}
	return nil
}

// serve has an App serve the desks of an office, too. Desks of the local network can find it
// until quiet is called.
func (o *officeServer) serve(ctx context.Context, app *launch.App, log *slog.Logger) (quiet func(), err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", launch.WithPort(o.at))
	if err != nil {
		return nil, fmt.Errorf("--office: %w", tunnel.PortError(err))
	}
	err = app.OpenOffice(ctx, l, func(db *store.DB, key core.Secret, roster *office.Roster) (launch.Host, error) {
		host, _ := os.Hostname() // without one the receiver has a name all the same
		name := cmp.Or(core.CleanName(host), "Receiver")
		share := shared.NewShare(name, true, app.Bell.Shared(), log)
		return hub.New(hub.Config{
			Dir: app.Dir(), Name: name, Key: key, Store: db, Encode: store.Encode, Roster: roster, Share: share, Cluster: o.cluster, Log: log, Now: time.Now,
			KeepYears: func() int { return app.Bell.Settings().KeepYears }, KeepFor: app.Bell.KeepFor, LowestDesk: office.LowestDesk,
		})
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the office: %w", err), l.Close())
	}
	log.Info("office", "listening", l.Addr().String())
	host, _ := os.Hostname() // there is a name for a computer without any
	quiet, err = beacon.Announce(ctx, l.Addr(), host)
	if err != nil {
		log.Info("desks do not find the office by themselves: its address is to be typed", "err", err)
		return func() {}, nil
	}
	return quiet, nil
}
