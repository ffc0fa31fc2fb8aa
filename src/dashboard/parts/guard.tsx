import type { ReactNode } from 'react';
import { Component } from 'react';
import { ProblemCard } from './problem-card.tsx';

interface GuardState {
  readonly fault: { readonly error: unknown } | null;
}

/** Keeps a fault of one card to that card: it says so where it stood and can be tried again; the rest of the page goes on. */
export class Guard extends Component<{ readonly children: ReactNode }, GuardState> {
  override state: GuardState = { fault: null };

  static getDerivedStateFromError(error: unknown): GuardState {
    return { fault: { error } };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return <ProblemCard error={fault.error} onRetry={() => this.setState({ fault: null })} />;
  }
}
