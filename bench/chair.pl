% Article 13 as an event calculus, walked through day by day: swipl bench/chair.pl -- FACTS prints who chairs at the end of
% each. Facts: last(T). regular(T,Host). designation(Effective,Session,To). party(State,From,Until).
% head(State,Person,From,Until). First come the seconds that reading and evaluating took.

:- initialization(main, main).
:- dynamic regular/2, designation/3, party/3, head/4.

main :-
    current_prolog_flag(argv, [Facts|_]),
    statistics(cputime, Start), load_files(Facts, [silent(true)]),
    statistics(cputime, Read), last(Last), walk(1, Last, [], Answers),
    statistics(cputime, Done),
    Reading is Read - Start, Evaluating is Done - Read, format("~w ~w~n", [Reading, Evaluating]),
    forall(member(S-P, Answers), format("~w ~w~n", [S, P])).

walk(T, Last, _, []) :- T > Last, !.
walk(T, Last, Before, [Answer|Answers]) :-
    findall(F, initiated(F, T, Before), Initiated),
    exclude(terminated(T, Initiated), Before, Kept),
    union(Initiated, Kept, Holding),
    answer(T, Holding, Answer),
    Next is T + 1, walk(Next, Last, Holding, Answers).

answer(T, Holding, S-P) :- memberchk(chair(S), Holding), head(S, P, A, B), A =< T, T < B, !.
answer(_, _, (-)-(-)).

% A regular session opens a term: its host takes the chair, if a member, unless somebody is designated.
initiated(chair(H), T, _) :- regular(T, H), \+ designation(_, T, _), once((party(H, A, B), A =< T, T < B)).
% A designation holds from its day; one still pending when the next term opens lapses.
initiated(chair(X), T, _) :- designation(T, S, X), T =< S.
initiated(chair(X), T, _) :- regular(T, _), designation(E, T, X), E < T.
initiated(chair(X), T, Before) :- designation(T, S, X), memberchk(pending(S), Before), \+ regular(T, _).
initiated(pending(T), T, _) :- regular(T, _), designation(E, T, _), E > T.

terminated(T, _, pending(S)) :- designation(T, S, _), !.
terminated(T, _, pending(_)) :- regular(T, _), !.
terminated(_, Initiated, chair(A)) :- member(chair(B), Initiated), A \== B, !.
